"""What apps plug into search: labels of kinds, and the language of the lexicon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Definition:
    """The definition that heads the results when a query names a word of the lexicon."""

    term: str
    text: str
    url: str
    acronym: str = ""
    # The same in easy words; empty when nobody has written it.
    falc: str = ""
    # What to know about the word, e.g. « On le préfère à « patient expert » ».
    note: str = ""


_kinds: dict[str, str] = {}
_small: list[str] = []
_expand: Callable[[str], list[str]] | None = None
_headline: Callable[[str], Definition | None] | None = None


def register_kind(code: str, label: str, *, small: bool = False) -> None:
    """Name a kind on screen. The order of registration is the order of the facet.

    ``small``: a word, a statement… Of what only the lexicon's other words bring, a document
    to read comes before these.
    """
    _kinds[code] = label
    if small and code not in _small:
        _small.append(code)


def small_kinds() -> list[str]:
    return _small


def kinds() -> dict[str, str]:
    """Every registered kind, code to label, in order of registration."""
    return _kinds


def register_language(
    *,
    expand: Callable[[str], list[str]] | None = None,
    headline: Callable[[str], Definition | None] | None = None,
) -> None:
    """Hand over the lexicon.

    ``expand(text)`` gets the normalised query and gives at most three whole queries to
    search as well, in the same syntax: the longest known phrase replaced, a term of
    several words in double quotes. ``headline(text)`` gives the definition to show first.
    Both are called on each search: they answer from memory.
    """
    global _expand, _headline
    _expand, _headline = expand, headline


def expansions(text: str) -> list[str]:
    return _expand(text)[:3] if _expand and text else []


def headline(text: str) -> Definition | None:
    return _headline(text) if _headline and text else None
