"""One page of the library: what was asked, the rows, the facets' counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, FilteredRelation, Func, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.http import QueryDict

from resources.filters import FACETS, chosen_in, has_falc, unknown_in
from resources.models import PreparedDocument, Resource
from resources.reading.facets import Counts, FacetStatement, facets_statement
from resources.reading.statements import Statement

PER_PAGE = 12
PATH = "/ressources/"
_QUERY_LENGTH = 200


class Sort(models.TextChoices):
    RELEVANCE = "pertinence", "Les plus proches de la recherche"
    RECENT = "recent", "Les plus récentes"
    TITLE = "titre", "De A à Z"


@dataclass(frozen=True)
class Asked:
    """The query string of the list, read once."""

    data: QueryDict
    text: str
    sort: Sort
    chosen: dict[str, list[str]]
    unknown: list[str]

    @property
    def active(self) -> bool:
        return bool(self.text or self.chosen)

    def address(self, *, without: tuple[str, str] | None = None, **change: str) -> str:
        """The list's address with one choice taken away or one parameter set; page 1 again."""
        query = QueryDict(mutable=True)
        if self.text:
            query["q"] = self.text
        for name, codes in self.chosen.items():
            query.setlist(name, [code for code in codes if (name, code) != without])
        if self.data.get("tri") in Sort.values:
            query["tri"] = self.sort
        for name, value in change.items():
            query[name] = value
        if without and without[0] == "q":
            query.pop("q", None)
        asked = query.urlencode()
        return f"{PATH}?{asked}" if asked else PATH


def asked_read(data: QueryDict) -> Asked:
    """Read the query string. Unknown values are kept aside; nothing here can fail."""
    text = " ".join(data.get("q", "").replace("\0", " ").split())[:_QUERY_LENGTH]
    wanted = data.get("tri", "")
    sort = Sort(wanted) if wanted in Sort.values else Sort.RELEVANCE if text else Sort.RECENT
    if sort == Sort.RELEVANCE and not text:
        sort = Sort.RECENT
    return Asked(data, text, sort, chosen_in(data), unknown_in(data))


@dataclass
class Listing:
    """What was asked, ready to be counted and read page by page."""

    facets: FacetStatement
    cards: Statement | None
    marks: dict[str, str] = field(default_factory=dict)

    def counts(self) -> Counts:
        return self.facets.run(FACETS, self.marks)

    def rows(self, *, limit: int, offset: int) -> list[dict[str, Any]]:
        if self.cards is None:
            return []
        return self.cards.run(self.marks, limit=limit, offset=offset)


def listing(asked: Asked, *, team: bool, ranked: list[int] | None = None) -> Listing:
    """The list for the public or the team. ``ranked``: what matches the words, best first."""
    if ranked is not None:
        rows = _visible(team).filter(pk__in=ranked)
        return _written(rows, asked.chosen, asked.sort, ranked)
    marks = {
        _mark(name, rank): code
        for name, codes in asked.chosen.items()
        for rank, code in enumerate(codes)
    }
    shape = tuple((name, len(codes)) for name, codes in asked.chosen.items())
    kept = _kept(team, shape, asked.sort)
    return Listing(kept.facets, kept.cards, marks)


def _mark(name: str, rank: int) -> str:
    return f"\x01{name}{rank}"


@lru_cache(maxsize=256)
def _kept(team: bool, shape: tuple[tuple[str, int], ...], sort: Sort) -> Listing:
    """The statements of one shape of question: which facets, how many values of each."""
    chosen = {name: [_mark(name, rank) for rank in range(many)] for name, many in shape}
    return _written(_visible(team), chosen, sort, None)


def _visible(team: bool) -> QuerySet:
    return Resource.objects.all() if team else Resource.objects.public()


def _written(
    base: QuerySet, chosen: dict[str, list[str]], sort: Sort, ranked: list[int] | None
) -> Listing:
    rows = base
    for name, codes in chosen.items():
        rows = rows.filter(FACETS[name].condition(codes))
    again = ranked is None
    facets = facets_statement(base, FACETS, chosen, again=again)
    if facets.text is None:
        return Listing(facets, None)
    cards = Statement(_ordered(_cards(rows), sort, ranked or []), _CARD, again=again)
    return Listing(facets, cards)


_CARD = (
    "slug", "kind", "number", "title", "summary", "topics", "published_at", "falc",
    "pdf_pages", "pdf_size",
)  # fmt: skip


def _cards(rows: QuerySet) -> QuerySet:
    """Only what a card shows, its PDF's pages and size in the same statement."""
    return rows.annotate(
        falc=has_falc(),
        pdf=FilteredRelation(
            "prepared", condition=Q(prepared__form=PreparedDocument.Form.STANDARD)
        ),
        pdf_pages=F("pdf__pages"),
        pdf_size=F("pdf__size"),
    )


def _ordered(rows: QuerySet, sort: Sort, ranked: list[int]) -> QuerySet:
    if sort == Sort.TITLE:
        return rows.order_by("sort_key", "pk")
    if sort == Sort.RELEVANCE:
        places = Value(ranked, output_field=ArrayField(models.BigIntegerField()))
        return rows.order_by(Func(places, F("pk"), function="array_position"), "pk")
    # What came out the same day is a collection: kind by kind, a guide's missions by number.
    day = TruncDate("published_at").desc()
    return rows.order_by(day, "kind", F("number").asc(nulls_last=True), "sort_key", "pk")


def facets_shown(asked: Asked, counts: Counts) -> list[dict[str, Any]]:
    """The facets for the form, in order; a value at 0 is not shown, but a choice is never lost."""
    shown = []
    for name, facet in FACETS.items():
        chosen, counted = asked.chosen.get(name, []), counts.values[name]
        options = [
            {"value": code, "label": label, "count": counted[code], "checked": code in chosen}
            for code, label in facet.labels.items()
            if counted.get(code)
        ]
        kept = [code for code in chosen if not counted.get(code)]
        if options or kept:
            shown.append(
                {
                    "name": name,
                    "legend": facet.legend,
                    "hint": facet.hint,
                    "options": options,
                    "kept": kept,
                    "folded": facet.folded and not chosen,
                }
            )
    return shown


def chips(asked: Asked) -> list[dict[str, str]]:
    """One chip a choice, each with the address of the list without it."""
    made = []
    if asked.text:
        made.append({"label": f"« {asked.text} »", "url": asked.address(without=("q", ""))})
    for name, codes in asked.chosen.items():
        facet = FACETS[name]
        made += [
            {
                "label": facet.labels[code]
                if name == "falc"
                else f"{facet.legend} : {facet.labels[code]}",
                "url": asked.address(without=(name, code)),
            }
            for code in codes
        ]
    return made


def topic_labels(codes: list[str]) -> list[str]:
    """The words of these topics, in the order of the closed list."""
    return [label for code, label in FACETS["theme"].labels.items() if code in codes]
