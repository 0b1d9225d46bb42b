"""The search: from what was typed to one page of results, in at most six statements."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from cops.formats import unaccent
from cops.search import statements
from cops.search.closeness import Closest, closest
from cops.search.empty_words import EMPTY_WORDS
from cops.search.excerpts import Marker
from cops.search.question import Question, ask
from cops.search.registry import Definition, headline, kinds, small_kinds
from cops.search.spelling import fold, normalise
from cops.search.statements import Matches

PER_PAGE = 20
# From so many results on, what comes after them is out of sight on a phone.
_FAR = 3
# The kind of a draft that is a section of its document.
SECTION = "section"
_LEXEME = re.compile(r"'((?:[^']|'')+)'")


@dataclass(frozen=True, kw_only=True)
class SectionHit:
    """A part of a result that holds the words: a section, or a statement, an argument."""

    title: str
    url: str
    section: bool


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One result: a document, with the sections of it that hold the words."""

    source: str
    kind: str
    # The kind in words.
    label: str
    title: str
    title_html: SafeString
    excerpt: SafeString
    url: str
    date: date | None
    sections: list[SectionHit] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Results:
    """One page of results, and what was done to find them."""

    question: Question
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    # Of which: those that hold the words themselves, the others came by the lexicon.
    exact: int = 0
    # Without the facets.
    matched: int = 0
    page: int = 1
    per_page: int = PER_PAGE
    kinds: dict[str, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    definition: Definition | None = None
    # The first document that the lexicon brought, when what holds the words themselves hides it:
    # it is named beside the definition.
    reading: Hit | None = None
    # The question with its typing errors mended, when it is the one that was searched.
    corrected: str = ""
    # Nothing holds all the words: these hold some of them.
    relaxed: bool = False
    # Words near those nobody has written, to try instead.
    nearby: list[str] = field(default_factory=list)
    # A word was found by its root alone, and only empty words have it: « sané » finds « sans ».
    hollow: bool = False

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def missed(self) -> bool:
        """Whether the library holds nothing that answers, typing errors mended."""
        return bool(self.question.exact) and (self.relaxed or not self.matched)


def find(
    text: str,
    *,
    kinds: Sequence[str] = (),
    topics: Sequence[str] = (),
    page: int = 1,
    per_page: int = PER_PAGE,
) -> Results:
    """Search everything that is public now.

    ``text`` may be anything that a person can type; ``kinds`` and ``topics`` are codes of
    which one at least must hold. A page beyond the end gives no hit.
    """
    question = ask(text)
    if not question.exact:
        return Results(question=question)
    search = _Search(kinds, topics, page, per_page)
    results = search.run(question)
    if not results.matched or results.hollow:
        results = _second_try(search, question, results)
    words = results.corrected or question.text
    definition = headline(normalise(words))
    # The word that heads the page is one of the results, and is not shown twice.
    hits = [hit for hit in results.hits if definition is None or hit.url != definition.url]
    reading = _reading(results) if definition else None
    return replace(results, question=question, definition=definition, hits=hits, reading=reading)


def sources(text: str, *, prefix: str, limit: int) -> list[str]:
    """The sources that match and begin so, best first, typing errors mended.

    For an app's own list with a search box: the same engine, without excerpts.
    """
    question = ask(text)
    if not question.exact:
        return []
    found = statements.match_sources(question, prefix=prefix, limit=limit)
    if not found:
        spelling = _spelling(closest(question.words()))
        if spelling:
            mended = question.replaced(spelling)
            found = statements.match_sources(mended, prefix=prefix, limit=limit)
    return found


def _reading(results: Results) -> Hit | None:
    """What comes first of what the lexicon brought, if it is a document and far down the page."""
    brought = results.hits[results.exact :] if results.page == 1 else []
    if results.exact < _FAR or not brought or brought[0].kind in small_kinds():
        return None
    return brought[0]


def _second_try(search: _Search, question: Question, first: Results) -> Results:
    """Mend typing errors; then be content with some of the words."""
    unknown = closest(question.words())
    nearby = [word for found in unknown for word in found.words[:3]]
    spelling = _spelling(unknown)
    mended = question.replaced(spelling) if spelling else question
    results = search.run(mended) if spelling else first
    if first.matched and not results.matched:
        return first
    relaxed = None if results.matched else mended.relaxed()
    if relaxed:
        results = replace(search.run(relaxed), relaxed=True)
    corrected = mended.shown if spelling and results.matched else ""
    return replace(results, corrected=corrected, nearby=nearby)


def _spelling(unknown: list[Closest]) -> dict[str, str]:
    return {found.asked: found.words[0] for found in unknown if found.words}


@dataclass(frozen=True)
class _Search:
    kinds: Sequence[str]
    topics: Sequence[str]
    page: int
    per_page: int

    def run(self, question: Question) -> Results:
        matches = statements.match(
            question,
            kinds=self.kinds,
            topics=self.topics,
            limit=self.per_page,
            offset=(self.page - 1) * self.per_page,
        )
        hits, forms = _hits(matches)
        return Results(
            question=question,
            hits=hits,
            hollow=_is_hollow(question, forms),
            total=matches.total,
            exact=matches.exact,
            matched=matches.matched,
            page=self.page,
            per_page=self.per_page,
            kinds=matches.kinds,
            topics=matches.topics,
        )


def _hits(matches: Matches) -> tuple[list[Hit], dict[str, str]]:
    """The results of a page; and the words of the index that were found, each with its root."""
    if not matches.rows:
        return [], {}
    stems = {found.replace("''", "'") for found in _LEXEME.findall(matches.tree)}
    groups: dict[str, list[_Row]] = {}
    forms: dict[str, str] = {}
    for *values, words in statements.rows(matches.rows, stems):
        row = _Row(*values)
        groups.setdefault(row.source, []).append(row)
        forms = forms or json.loads(words or "{}")
    marker = Marker({word: stem for word, stem in forms.items() if not _is_empty(word)})
    return [_hit(group, marker) for group in groups.values()], forms


def _is_empty(word: str) -> bool:
    return unaccent(word) in EMPTY_WORDS


def _is_hollow(question: Question, forms: dict[str, str]) -> bool:
    """Whether a root was found in empty words alone, and none of them was said."""
    full = {stem for word, stem in forms.items() if not _is_empty(word)}
    empty = {unaccent(word) for word, stem in forms.items() if stem not in full}
    if not empty:
        return False
    said = set(fold(" ".join((question.exact, *question.alternatives))).split())
    return not empty <= said


@dataclass(frozen=True)
class _Row:
    id: int
    source: str
    key: str
    kind: str
    family: str
    title: str
    parent_title: str
    url: str
    date: Any
    summary: str
    body: str


def _hit(group: list[_Row], marker: Marker) -> Hit:
    first = group[0]
    sections = [row for row in group if row.key]
    # A section says better than its sheet where the words stand.
    shown = sections[0] if sections else first
    title = first.title if not first.key else first.parent_title
    return Hit(
        source=first.source,
        kind=first.family,
        label=kinds().get(first.family, ""),
        title=title,
        title_html=marker.marked(title),
        excerpt=marker.excerpt(shown.summary, shown.body, first.summary),
        url=first.url.partition("#")[0] if first.key else first.url,
        date=first.date,
        sections=[
            SectionHit(title=row.title, url=row.url, section=row.kind == SECTION)
            for row in sections
        ],
    )
