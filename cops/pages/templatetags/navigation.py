"""The menu, addresses and the canonical link, from a request that may be absent (error pages)."""

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cops.http import addresses

register = template.Library()

# The menu of every page, in reading order: what exists, never a dead link.
MENU = (
    ("Ressources", "resources:list"),
    ("Lexique", "resources:lexicon"),
    ("Quiz", "resources:quizzes"),
    ("Argumentaires", "resources:arguments"),
    ("Auto-évaluation", "selfassess:home"),
    ("Le COPS", "pages:cops"),
    ("Mon classeur", "resources:binder"),
)
# A binder that somebody shares is below this address, and is not the reader's.
ALONE = {"resources:binder"}


@register.simple_tag
def menu_items(request=None) -> SafeString:
    """The entries of the main menu: the page marked "page", the one that holds it "true"."""
    here = getattr(request, "path", "")
    lines = []
    for label, name in MENU:
        url = addresses.address(name)
        inside = here.startswith(url) and name not in ALONE
        mark = "page" if here == url else "true" if inside else ""
        current = mark and f' aria-current="{mark}"'
        lines.append(f'<li><a href="{url}"{current}>{label}</a></li>')
    return mark_safe("".join(lines))  # noqa: S308 - names and addresses of the site's own


@register.simple_tag
def address(name: str, *args) -> str:
    """The address of a named page."""
    return addresses.address(name, *args)


@register.simple_tag(takes_context=True)
def canonical(context) -> str:
    """The link to a page's one address: context["canonical"], else the path without its query.

    Nothing when there is no request or when the page is an error.
    """
    request, known = context.get("request"), context.get("canonical")
    if context.get("error_status") or (request is None and not known):
        return ""
    url = known or settings.SITE_ORIGIN + request.path
    return format_html('<link rel="canonical" href="{}">', url)


@register.simple_tag(takes_context=True)
def whole_address(context) -> str:
    """The page's own address with its host, for what is read elsewhere; its query is left out."""
    request = context.get("request")
    return settings.SITE_ORIGIN + request.path if request else settings.SITE_ORIGIN


@register.simple_tag
def share_picture() -> str:
    """The address of the picture that other sites show beside a link to the portal."""
    return settings.SITE_ORIGIN + static("img/partage.png")


class _AsideNode(template.Node):
    """A landmark without content would be announced for nothing: the column exists when filled."""

    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        inside = self.nodelist.render(context)
        if not inside.strip():
            return ""
        return f'<aside class="page-aside" aria-label="En complément">{inside}</aside>'


@register.tag
def aside(parser, token):
    """`{% aside %}…{% endaside %}`: a complementary column, absent when nothing is in it."""
    nodelist = parser.parse(("endaside",))
    parser.delete_first_token()
    return _AsideNode(nodelist)
