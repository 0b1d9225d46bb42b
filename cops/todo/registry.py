"""What the apps registered: their sources, and the pages of the team's menu."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cops.todo.items import Item

Collect = Callable[[Any], Iterable[Item]]


@dataclass(frozen=True)
class Source:
    key: str
    title: str
    collect: Collect
    page: str


@dataclass(frozen=True)
class StaffPage:
    label: str
    url_name: str
    order: int
    administrators: bool


_sources: dict[str, Source] = {}
_pages: dict[str, StaffPage] = {}


def register_source(key: str, title: str, collect: Collect, *, page: str = "") -> None:
    """Show what ``collect(user)`` finds under ``title``; raises ValueError on a key used twice."""
    if key in _sources:
        raise ValueError(f"two sources are named {key}")
    _sources[key] = Source(key, title, collect, page)


def register_staff_page(
    label: str, url_name: str, order: int, *, administrators: bool = False
) -> None:
    """Put a page in the menu of the team; the lowest ``order`` comes first."""
    if url_name in _pages:
        raise ValueError(f"{url_name} is in the menu already")
    _pages[url_name] = StaffPage(label, url_name, order, administrators)


def sources() -> list[Source]:
    """In the order in which the apps are installed."""
    return list(_sources.values())


def staff_pages(user: Any) -> list[StaffPage]:
    """The pages that this person may be led to, in the order of the menu."""
    shown = [p for p in _pages.values() if user.is_superuser or not p.administrators]
    return sorted(shown, key=lambda page: (page.order, page.label))
