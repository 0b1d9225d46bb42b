"""The menu of the team's pages, with how much is to be done."""

from __future__ import annotations

from dataclasses import dataclass

from django import template
from django.http import HttpRequest

from cops.http import addresses
from cops.todo.collecting import Group, collect, count
from cops.todo.registry import staff_pages

register = template.Library()

TODO_PAGE = "pages:todo"


@dataclass(frozen=True)
class Entry:
    """A line of the menu; `current` as in the main menu; `count` is None where none is kept."""

    label: str
    url: str
    current: str
    count: int | None


@register.simple_tag
def staff_menu(request: HttpRequest, groups: list[Group] | None = None) -> list[Entry]:
    """The entries for this person. ``groups`` spares asking the sources twice on « À traiter »."""
    pages = staff_pages(request.user)
    urls = {page.url_name: addresses.address(page.url_name) for page in pages}
    here = _deepest(request.path, urls)
    waiting = count(collect(request.user) if groups is None else groups)
    return [
        Entry(
            page.label,
            urls[page.url_name],
            "" if page.url_name != here else "page" if urls[here] == request.path else "true",
            waiting if page.url_name == TODO_PAGE else None,
        )
        for page in pages
    ]


def _deepest(path: str, urls: dict[str, str]) -> str:
    """The name of the page that the path is, or is under (all are under « À traiter »)."""
    holding = [
        name
        for name, url in urls.items()
        if path == url or (name != TODO_PAGE and path.startswith(url))
    ]
    return max(holding, key=lambda name: len(urls[name]), default="")
