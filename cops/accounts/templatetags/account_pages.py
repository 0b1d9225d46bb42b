"""The menu and the breadcrumb of « Mon compte », and the entry of the header."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags

from cops.accounts.devices import device_name
from cops.accounts.pages import account_pages
from cops.http.addresses import address

register = template.Library()
register.filter("device_name", device_name)


class Entry(NamedTuple):
    """A line of the menu; ``current`` is "page" on the page itself, "true" below it."""

    label: str
    url: str
    description: str
    current: str


@register.simple_tag
def account_menu(request: Any) -> list[Entry]:
    """The pages of the account, the one being read marked."""
    home = reverse("accounts:home")
    entries = [Entry("Accueil de mon compte", home, "", "page" if request.path == home else "")]
    for page in account_pages():
        url = reverse(page.url_name)
        current = "page" if request.path == url else "true" if request.path.startswith(url) else ""
        entries.append(Entry(page.label, url, page.description, current))
    return entries


@register.simple_tag
def header_entry(request: Any) -> Entry | None:
    """« Mon compte » for who is signed in, « Se connecter » for others; None without a request.

    The session is read only when its cookie came: a page kept for everybody asks for none.
    """
    cookies = getattr(request, "COOKIES", None)
    if cookies is None:
        return None
    if settings.SESSION_COOKIE_NAME in cookies and request.user.is_authenticated:
        url = reverse("accounts:home")
        return Entry("Mon compte", url, "", "true" if request.path.startswith(url) else "")
    url = address("account_login")
    return Entry("Se connecter", url, "", "page" if request.path == url else "")


@register.simple_tag
def site_facts() -> dict[str, str]:
    """What the footer says of the portal; some views of allauth take the name « site »."""
    return settings.SITE


@register.simple_tag
def list_of(*words: str) -> list[str]:
    """The words as a list, for a component that loops over one."""
    return list(words)


class _CrumbsNode(template.Node):
    def __init__(self, nodelist: template.NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: template.Context) -> str:
        title = strip_tags(str(self.nodelist.render(context))).strip()
        trail: list[tuple[str, str | None]] = [("Accueil", "/")]
        if title:
            trail.append(("Mon compte", reverse("accounts:home")))
        context[self.name] = [*trail, (title or "Mon compte", None)]
        return ""


@register.tag
def setcrumbs(parser: template.base.Parser, token: template.base.Token) -> _CrumbsNode:
    """``{% setcrumbs as trail %}Ma page{% endsetcrumbs %}``: Accueil › Mon compte › Ma page."""
    name = token.split_contents()[-1]
    nodelist = parser.parse(("endsetcrumbs",))
    parser.delete_first_token()
    return _CrumbsNode(nodelist, name)
