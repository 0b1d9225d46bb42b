"""Who tells of links."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Use:
    """A link somewhere: ``url`` as written, ``label`` its place in words, two pages of ours."""

    url: str
    label: str
    page: str
    edit: str


Collect = Callable[[], Iterable[Use]]

_sources: dict[str, Collect] = {}


def register_links(key: str, collect: Collect) -> None:
    """Check the links that ``collect()`` tells of; raises ValueError on a key used twice."""
    if _sources.setdefault(key, collect) is not collect:
        raise ValueError(f"two sources of links are named {key}")


def sources() -> dict[str, Collect]:
    return _sources
