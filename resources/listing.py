"""One page of the library: what was asked, the rows, the facets' counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Paginator
from django.db import models
from django.db.models import F, FilteredRelation, Func, Q, QuerySet, Value
from django.db.models.functions import TruncDate
from django.http import QueryDict
from django.utils.functional import cached_property

from cops.topics import Topic
from resources.facets import Counts, facets_count
from resources.filters import LibraryFilter, has_falc, labels
from resources.models import PreparedDocument, Resource

PER_PAGE = 12
PATH = "/ressources/"
_QUERY_LENGTH = 200


class Sort(models.TextChoices):
    RELEVANCE = "pertinence", "Les plus proches de la recherche"
    RECENT = "recent", "Les plus récentes"
    TITLE = "titre", "De A à Z"


class CountedPaginator(Paginator):
    """A paginator whose total is already known: the facets' statement gave it."""

    def __init__(self, rows: QuerySet, total: int) -> None:
        super().__init__(rows, PER_PAGE)
        self._total = total

    @cached_property
    def count(self) -> int:
        return self._total


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


def asked_read(data: QueryDict) -> tuple[Asked, LibraryFilter]:
    """Read the query string. Unknown values are kept aside; nothing here can fail."""
    filters = LibraryFilter(data, Resource.objects.none())
    text = " ".join(data.get("q", "").replace("\0", " ").split())[:_QUERY_LENGTH]
    default = Sort.RELEVANCE if text else Sort.RECENT
    wanted = data.get("tri", "")
    sort = Sort(wanted) if wanted in Sort.values else default
    if sort == Sort.RELEVANCE and not text:
        sort = Sort.RECENT
    return Asked(data, text, sort, filters.chosen(), filters.unknown()), filters


def listing(base: QuerySet, asked: Asked, filters: LibraryFilter, ranked: list[int]) -> Any:
    """The counts and the paginator of what was asked. ``ranked``: ids by relevance, for ``q``."""
    counts = facets_count(base, filters.facets, asked.chosen)
    rows = base
    for name, codes in asked.chosen.items():
        rows = rows.filter(filters.facets[name].condition(codes))
    return counts, CountedPaginator(_ordered(_cards(rows), asked.sort, ranked), counts.total)


def _cards(rows: QuerySet) -> QuerySet:
    """Only what a card shows, its PDF's pages and size in the same statement."""
    return rows.annotate(
        falc=has_falc(),
        pdf=FilteredRelation(
            "prepared", condition=Q(prepared__form=PreparedDocument.Form.STANDARD)
        ),
        pdf_pages=F("pdf__pages"),
        pdf_size=F("pdf__size"),
    ).only("slug", "kind", "number", "title", "summary", "topics", "published_at", "dimension")


def _ordered(rows: QuerySet, sort: Sort, ranked: list[int]) -> QuerySet:
    if sort == Sort.TITLE:
        return rows.order_by("sort_key", "pk")
    if sort == Sort.RELEVANCE:
        places = Value(ranked, output_field=ArrayField(models.BigIntegerField()))
        return rows.order_by(Func(places, F("pk"), function="array_position"), "pk")
    # What came out the same day is a collection: kind by kind, a guide's missions by number.
    day = TruncDate("published_at").desc()
    return rows.order_by(day, "kind", F("number").asc(nulls_last=True), "sort_key", "pk")


def facets_shown(filters: LibraryFilter, asked: Asked, counts: Counts) -> list[dict[str, Any]]:
    """The facets for the form, in order; a value at 0 is not shown, but a choice is never lost."""
    shown = []
    for name, facet in filters.facets.items():
        chosen, counted = asked.chosen.get(name, []), counts.values[name]
        options = [
            {"value": code, "label": label, "count": counted[code], "checked": code in chosen}
            for code, label in facet.values.choices
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
        words, legend = labels(name), LibraryFilter.base_filters[name].legend
        made += [
            {
                "label": words[code] if name == "falc" else f"{legend} : {words[code]}",
                "url": asked.address(without=(name, code)),
            }
            for code in codes
        ]
    return made


def topic_labels(codes: list[str]) -> list[str]:
    return [label for code, label in Topic.choices if code in codes]
