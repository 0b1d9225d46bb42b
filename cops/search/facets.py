"""The facets of the results page: kind and topic, as they stand in the query string."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import QueryDict

from cops.search.registry import kinds
from cops.topics import Topic

GENRE, THEME = "genre", "theme"
LEGENDS = {GENRE: "Type", THEME: "Domaine"}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    checked: bool


@dataclass(frozen=True)
class Facet:
    """A facet as the form shows it; ``kept`` are choices that count 0, sent along unseen.

    ``folded``: behind its name, so that a phone shows results sooner.
    """

    name: str
    legend: str
    options: list[Option]
    kept: list[str]
    folded: bool


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


@dataclass(frozen=True)
class Choices:
    """What was asked besides the words. ``unknown``: values that no facet has."""

    path: str
    text: str
    chosen: dict[str, list[str]]
    unknown: list[str] = field(default_factory=list)

    @property
    def active(self) -> bool:
        return any(self.chosen.values())

    def address(self, *, without: tuple[str, str] | None = None, text: str | None = None) -> str:
        """The page's address with these choices, one left out or the words changed; page 1."""
        pairs = [("q", self.text if text is None else text)]
        for name, codes in self.chosen.items():
            pairs += [(name, code) for code in codes if (name, code) != without]
        return f"{self.path}?{urlencode(pairs)}"

    def everything(self) -> str:
        """The same words without any facet."""
        return f"{self.path}?{urlencode({'q': self.text})}"


def labels(name: str) -> Mapping[str, str]:
    return kinds() if name == GENRE else dict(Topic.choices)


def choices_read(data: QueryDict, *, path: str, text: str) -> Choices:
    """Read the facets. An unknown value is set aside, to be said; at most 20 values are read."""
    chosen: dict[str, list[str]] = {}
    unknown: list[str] = []
    for name in LEGENDS:
        known = labels(name)
        for value in dict.fromkeys(data.getlist(name)[:20]):
            if value in known:
                chosen.setdefault(name, []).append(value)
            elif shown := " ".join(value.replace("\0", " ").split())[:60]:
                unknown.append(shown)
    return Choices(path, text, chosen, unknown)


def facets_shown(choices: Choices, counts: Mapping[str, Mapping[str, int]]) -> list[Facet]:
    """The facets with their counts, in the order of their closed lists; none at 0."""
    shown = []
    for name, legend in LEGENDS.items():
        counted, chosen = counts[name], choices.chosen.get(name, [])
        options = [
            Option(code, label, counted[code], code in chosen)
            for code, label in _named(name, counted)
            if counted.get(code)
        ]
        kept = [code for code in chosen if not counted.get(code)]
        if options or kept:
            shown.append(Facet(name, legend, options, kept, folded=name == THEME and not chosen))
    return shown


def chips(choices: Choices) -> list[Chip]:
    """One chip per choice, with the address that takes it away."""
    return [
        Chip(f"{LEGENDS[name]} : {labels(name)[code]}", choices.address(without=(name, code)))
        for name, codes in choices.chosen.items()
        for code in codes
    ]


def _named(name: str, counted: Iterable[str]) -> list[tuple[str, str]]:
    known = labels(name)
    return [*known.items(), *((code, code) for code in counted if code not in known)]
