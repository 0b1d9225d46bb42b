"""The list of the team's sheets: one tab for each thing that waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Now
from django.utils import timezone

from cops.counters.models import SearchMiss
from resources.enums import DraftState, Kind, Status
from resources.models import DraftRevision, PreviewComment, Resource

PER_PAGE = 30
# Under three times, a search says more of a person than of the library.
SHOWN_FROM, MISSES_AT_MOST = 3, 100


class Tab(models.TextChoices):
    ALL = "toutes", "Toutes"
    DRAFTS = "brouillons", "Textes en cours"
    REVIEWS = "relectures", "Relectures demandées"
    SCHEDULED = "programmees", "Publications et retraits prévus"
    PUBLISHED = "en-ligne", "En ligne"
    OVERDUE = "a-relire", "À relire"
    ARCHIVED = "archivees", "Archivées ou retirées"


def _wheres() -> dict[str, Q]:
    """What each tab holds, by the clock of the database."""
    out = Q(withdrawn_at__lte=Now())
    on_view = Q(status=Status.PUBLISHED, published_at__lte=Now()) & ~out
    return {
        Tab.ALL: Q(),
        Tab.DRAFTS: Q(status=Status.DRAFT) | Q(draft__state=DraftState.WRITING),
        Tab.REVIEWS: Q(status=Status.IN_REVIEW) | Q(draft__state=DraftState.IN_REVIEW),
        Tab.SCHEDULED: Q(draft__state=DraftState.SCHEDULED)
        | Q(status=Status.PUBLISHED, published_at__gt=Now())
        | Q(status=Status.PUBLISHED, withdrawn_at__gt=Now()),
        Tab.PUBLISHED: on_view,
        Tab.OVERDUE: on_view & Q(review_by__lt=timezone.localdate()),
        Tab.ARCHIVED: Q(status=Status.ARCHIVED) | (Q(status=Status.PUBLISHED) & out),
    }


def tab_rows(tab: str) -> QuerySet[Resource]:
    """The resources of one tab, the most pressing first."""
    last = DraftRevision.objects.filter(draft__resource=OuterRef("pk")).order_by("-number")
    comments = (
        PreviewComment.objects.filter(link__resource=OuterRef("pk"), handled_at__isnull=True)
        .order_by()
        .values("link__resource")
        .annotate(n=Count("pk"))
        .values("n")
    )
    rows = (
        Resource.objects.filter(_wheres()[tab])
        .select_related("draft")
        .annotate(
            saved_at=Subquery(last.values("saved_at")[:1]),
            unread=Subquery(comments, output_field=models.IntegerField()),
            version_number=Max("versions__number"),
        )
    )
    if tab == Tab.OVERDUE:
        return rows.order_by("review_by", "sort_key", "pk")
    if tab == Tab.SCHEDULED:
        soon = Min("draft__publish_at")
        return rows.annotate(soon=soon).order_by(
            F("soon").asc(nulls_last=True), "published_at", "sort_key", "pk"
        )
    if tab in (Tab.DRAFTS, Tab.REVIEWS):
        return rows.order_by(F("saved_at").desc(nulls_last=True), "-changed_at", "pk")
    return rows.order_by("sort_key", "pk")


def tab_counts() -> dict[str, int]:
    """How many sheets each tab holds, in one statement."""
    wheres = _wheres()
    names = {f"n{place}": where for place, where in enumerate(wheres.values())}
    totals = Resource.objects.aggregate(
        **{name: Count("pk", filter=where if where else None) for name, where in names.items()}
    )
    return dict(zip(wheres, totals.values(), strict=True))


@dataclass(frozen=True)
class DeskAsked:
    """The query string of the list."""

    tab: str
    text: str
    kind: str


def desk_asked(data: Any) -> DeskAsked:
    """Unknown values are those of a first visit."""
    tab, kind = data.get("etat", ""), data.get("genre", "")
    text = " ".join(data.get("q", "").replace("\0", " ").split())[:100]
    return DeskAsked(
        tab if tab in Tab.values else Tab.ALL, text, kind if kind in Kind.values else ""
    )


def desk_rows(asked: DeskAsked) -> QuerySet[Resource]:
    rows = tab_rows(asked.tab)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    for word in asked.text.split()[:6]:
        rows = rows.filter(Q(title__icontains=word) | Q(slug__icontains=word))
    return rows


def desk_page(asked: DeskAsked, number: int) -> Any:
    return Paginator(desk_rows(asked), PER_PAGE).get_page(number)


def misses() -> list[dict[str, Any]]:
    """What was looked for three times at least in ninety days, and not found."""
    since = timezone.localdate() - timedelta(days=90)
    rows = (
        SearchMiss.objects.filter(day__gte=since)
        .order_by()
        .values("text")
        .annotate(times=Sum("count"), last=Max("day"))
        .filter(times__gte=SHOWN_FROM)
    )
    return [dict(row) for row in rows.order_by("-times", "text")[:MISSES_AT_MOST]]
