"""The chapters of a document: sections of a snapshot, ready for paper."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from resources.documents.prose import Surroundings, on_paper

# Characters of a mission's chapter whose title stands beside it, unbroken; longest word there.
BESIDE_UP_TO, LONGEST_SIDE_WORD = 1500, 12
# The section of a mission sheet whose parts are one audience each. Anchors never change.
ADDED_VALUE = "la-valeur-ajoutee"
_LANES = ("partner", "professional", "actions")
_OWN_CAPTION = re.compile(r"<caption class=.visually-hidden.>.*?</caption>", re.DOTALL)
_LONG_LANES = 400  # characters
_MARK = re.compile(r'data-term="([^"]+)"')
_TITLE = re.compile(r"<h3[^>]*>(.*?)</h3>", re.DOTALL)


@dataclass
class Step:
    """One step of a practice path, its texts ready for paper."""

    number: int
    title: str
    partner_label: str
    professional_label: str
    partner: SafeString
    professional: SafeString
    actions: SafeString

    @property
    def is_long(self) -> bool:
        """Whether its two lanes, in large print, would fill most of a page."""
        return len(strip_tags(self.partner + self.professional)) > _LONG_LANES


@dataclass
class Part:
    """A section: a chapter under the title, or a part of a chapter."""

    anchor: str
    title: str
    level: int
    html: SafeString
    path_title: str = ""
    steps: list[Step] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    # Parts shown as cards; the title beside the text, not over it.
    cards: list[Part] = field(default_factory=list)
    beside: bool = False

    @property
    def step_heading(self) -> str:
        """The level of a step's title: one under what heads the path."""
        return f"h{self.level + (2 if self.path_title else 1)}"


def marked_terms(section: Mapping[str, Any]) -> set[str]:
    """The slugs of the terms marked in a section of a snapshot, its steps included."""
    steps = (section.get("path") or {}).get("steps", [])
    texts = [section["html"], *(text for step in steps for text in step["html"].values())]
    return {slug for text in texts for slug in _MARK.findall(text)}


def chapters_of(
    sections: Sequence[Mapping[str, Any]], around: Surroundings, *, sheet_title: str
) -> list[Part]:
    """The sections of one variant as chapters, each with its parts."""
    chapters: list[Part] = []
    for section in sections:
        under = section["level"] == 3 and chapters
        part = _part(section, around, level=3 if under else 2, sheet_title=sheet_title)
        (chapters[-1].parts if under else chapters).append(part)
    return chapters


def _part(
    section: Mapping[str, Any], around: Surroundings, *, level: int, sheet_title: str
) -> Part:
    path = section.get("path") or {"title": "", "steps": []}
    # A path is named apart only where neither its section nor the sheet has said its name.
    title = "" if path["title"] in ("", section["title"], sheet_title) else path["title"]
    steps = [
        Step(
            number=step["number"],
            title=step["title"],
            partner_label=step["partner_label"],
            professional_label=step["professional_label"],
            **{lane: on_paper(step["html"].get(lane, ""), around, level=0) for lane in _LANES},
        )
        for step in path["steps"]
    ]
    return Part(
        anchor=section["anchor"],
        title=section["title"],
        level=level,
        html=on_paper(_without_own_caption(section), around, level=level),
        path_title=title,
        steps=steps,
    )


def _without_own_caption(section: Mapping[str, Any]) -> str:
    """A table named after its section, for the ear, has no need to be said twice on paper."""
    return _OWN_CAPTION.sub("", section["html"])


def texts_of(part: Part) -> Iterator[str]:
    """Every text of a chapter, its steps and parts included."""
    yield part.html
    for step in part.steps:
        yield from (step.partner, step.professional, step.actions)
    for inner in (*part.parts, *part.cards):
        yield from texts_of(inner)


def lay_out_mission(chapter: Part) -> None:
    """Cards for the added value, side titles for the short chapters."""
    if chapter.anchor == ADDED_VALUE:
        text, cards = _cut_at_titles(chapter)
        cards += chapter.parts
        if len(cards) > 1:
            chapter.html, chapter.parts, chapter.cards = text, [], cards
    elif not chapter.parts and len(strip_tags(chapter.html)) < BESIDE_UP_TO:
        chapter.beside = len(max(chapter.title.split(), key=len)) <= LONGEST_SIDE_WORD


def _cut_at_titles(chapter: Part) -> tuple[SafeString, list[Part]]:
    """The text before the first <h3>, then one part per <h3>."""
    first, *rest = _TITLE.split(chapter.html)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    parts = [Part("", html.unescape(strip_tags(t)), 3, SafeString(text)) for t, text in pairs]
    return SafeString(first), parts
