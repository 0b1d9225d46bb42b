"""What the API reads of the library: one statement for a page of a list, two for a document."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, FilteredRelation, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject

from cops.api.pagination import Order, Row, Slice, cursor_place, cursor_sign, page_read
from resources.filters import FACETS, has_falc
from resources.models import PracticeStep, PreparedDocument, Resource, Section, Term
from resources.reading.listing import Asked, Sort
from resources.reading.searched import matching_ids
from resources.reading.sheet_rows import with_version

ORDERS = {
    Sort.RECENT: Order("recent", ("-published_at", "-pk")),
    Sort.TITLE: Order("titre", ("sort_key", "pk")),
}
TERMS = Order("termes", ("sort_key", "pk"))
_RELEVANCE = "pertinence"
_CARD = (
    "pk", "slug", "kind", "number", "title", "sort_key", "subtitle", "summary", "topics",
    "audience", "audience_codes", "dimension", "departments", "modalities", "published_at",
    "reviewed_on", "review_by", "version_number", "falc", "pdf_pages", "pdf_size",
)  # fmt: skip
_STEP = (
    "number", "title", "partner_label", "partner_html", "professional_label",
    "professional_html", "actions_html",
)  # fmt: skip
_SECTION = ("variant", "anchor", "title", "level", "kind", "source_html", "path_title", "steps")
_TERM = (
    "pk", "sort_key", "slug", "term", "acronym", "category", "definition", "falc",
    "falc_reviewed_on", "synonyms", "preferred", "instead_of",
)  # fmt: skip


def resource_page(base: QuerySet[Resource], asked: Asked, part: Slice) -> tuple[list[Row], str]:
    """One page of the list, as rows, and the next cursor. Raises BadRequest."""
    rows = base
    for name, codes in asked.chosen.items():
        rows = rows.filter(FACETS[name].condition(codes))
    ranked = matching_ids(asked.text) if asked.text else None
    if ranked is not None and asked.sort == Sort.RELEVANCE:
        return _closest(rows, ranked, part)
    if ranked is not None:
        rows = rows.filter(pk__in=ranked)
    return page_read(rows, ORDERS[asked.sort], part, _cards)


def term_page(text: str, categories: list[str], part: Slice) -> tuple[list[Row], str]:
    """One page of the lexicon, A–Z."""
    rows = Term.objects.public()
    if categories:
        rows = rows.filter(category__in=categories)
    if text:
        rows = rows.filter(pk__in=matching_ids(text, of="resources.term"))
    return page_read(rows, TERMS, part, lambda found: list(found.values(*_TERM)))


def term_found(slug: str) -> Term | None:
    """A word on view, with what it sends to."""
    return (
        Term.objects.public()
        .prefetch_related("sources", models.Prefetch("see_also", Term.objects.public()))
        .filter(slug=slug)
        .first()
    )


def card_row(pk: int) -> Row:
    """The row of one resource, as in a list."""
    return _cards(Resource.objects.filter(pk=pk))[0]


def section_rows(pk: int) -> list[Row]:
    """Every section of a resource, its own text first, each with the steps of its path."""
    steps = PracticeStep.objects.filter(path__section=OuterRef("pk")).order_by("number", "pk")
    row = JSONObject(**{name: name for name in _STEP})
    sections = Section.objects.filter(resource=pk).annotate(
        path_title=F("path__title"), steps=ArraySubquery(steps.values(row=row))
    )
    return list(sections.order_by("-variant", "position", "pk").values(*_SECTION))


def _cards(rows: QuerySet[Resource]) -> list[Row]:
    return list(card_values(rows))


def card_values(rows: QuerySet[Resource]) -> QuerySet[Resource, Row]:
    """The rows with what a card says of each, its version and its PDF in the same statement."""
    shown = with_version(rows).annotate(
        falc=has_falc(),
        pdf=FilteredRelation(
            "prepared", condition=Q(prepared__form=PreparedDocument.Form.STANDARD)
        ),
        pdf_pages=F("pdf__pages"),
        pdf_size=F("pdf__size"),
    )
    return shown.values(*_CARD)


def _closest(rows: QuerySet[Resource], ranked: list[int], part: Slice) -> tuple[list[Row], str]:
    """A page of what matches, the closest first: it begins after the last row seen.

    The ranking is made again at each page, and that row found in it; where it has gone, its
    place is held instead.
    """
    start = 0
    if part.cursor:
        last, place = cursor_place(part.cursor, _RELEVANCE)
        start = ranked.index(last) + 1 if last in ranked else place
    rest: list[Any] = ranked[start:]
    places = Value(rest, output_field=ArrayField(models.BigIntegerField()))
    order = Func(places, F("pk"), function="array_position")
    found = _cards(rows.filter(pk__in=rest).order_by(order, "pk")[: part.size + 1])
    page = found[: part.size]
    if len(found) == len(page):
        return page, ""
    last = page[-1]["pk"]
    return page, cursor_sign(_RELEVANCE, (last, ranked.index(last) + 1))
