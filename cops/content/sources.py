"""The registry: what the apps can load, and what runs once after a load that wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from cops.content.reading import Item, Reading


class Lookup(Protocol):
    """(source, slug) → primary key of the object, None when it is not in the database."""

    def __call__(self, source: str, slug: str) -> int | None: ...


@dataclass(frozen=True, kw_only=True)
class ContentSource:
    """One kind of object of the starting content.

    ``read(folder, reading)`` gives the items of the files and notes faults; it writes nothing.
    ``state(pks)`` gives what the content decides of each object as JSON-able data, so
    that an edit made since can be seen; an absent object is absent from the answer.
    ``save(items, lookup)`` creates or updates the objects and gives their keys by slug.
    ``find(slugs)`` gives the keys of objects that exist under these slugs already.
    ``archive(pks)`` takes objects out of public view without losing a word.
    """

    name: str
    label: str
    order: int
    folder: str
    read: Callable[[Path, Reading], list[Item]]
    state: Callable[[Iterable[int]], dict[int, Any]]
    save: Callable[[list[Item], Lookup], dict[str, int]]
    find: Callable[[Iterable[str]], dict[str, int]]
    archive: Callable[[list[int]], None]


_sources: dict[str, ContentSource] = {}
_after: list[Callable[[], None]] = []


def register(source: ContentSource) -> None:
    """Make a source known to ``load_content``; the last one of a name wins."""
    _sources[source.name] = source


def sources() -> list[ContentSource]:
    """All sources, those that others point to first."""
    return sorted(_sources.values(), key=lambda s: (s.order, s.name))


def after_load(action: Callable[[], None]) -> None:
    """Run once, in the same transaction, at the end of a load that wrote something."""
    if action not in _after:
        _after.append(action)


def after_actions() -> list[Callable[[], None]]:
    return list(_after)
