"""What an app gives the index: one draft per row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class EntryDraft:
    """One row of the index.

    A document is the draft whose ``key`` is empty; its ``body`` holds all its words, so
    that a search for two words that stand in two sections finds it. Each section is one
    more draft with its own words: it gives the deep link and the excerpt, and takes
    topics, departments and dates of visibility from its document.
    """

    # The owner, e.g. "resources.resource:12": entries_replace swaps all rows of a source.
    source: str
    # Unique inside the source: "" for the document itself, the anchor for a section.
    key: str = ""
    # "agir", "mission", "section", "terme"…; the label comes from register_kind.
    kind: str
    title: str
    summary: str = ""
    body: str = ""
    url: str
    # A section's sheet.
    parent_title: str = ""
    # Other names under which people look for it: the synonyms and the acronym of a term.
    # They weigh as much as the summary, are offered while typing, and a query that is one of
    # them finds this row first.
    aliases: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    date: date | None = None
    # Shown from… until… (excluded), by the clock; None: without limit.
    visible_from: datetime | None = None
    visible_until: datetime | None = None
