"""What the library gives « À traiter »: one statement for each thing that waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone

from cops.formats import count_fr, date_fr
from cops.todo import LIMIT, Item, Urgency
from resources.desk.lists import Tab, tab_rows
from resources.models import PreviewComment, ResourceDraft

# A sheet waits for its reading three days, then it is late.
REVIEW_LATE = timedelta(days=3)


def reviews_asked(user: Any) -> list[Item]:
    """Texts that somebody finished and asks to have read."""
    rows = tab_rows(Tab.REVIEWS).select_related("draft")[:LIMIT]
    items = []
    for row in rows:
        draft = getattr(row, "draft", None)
        since = draft.asked_at if draft and draft.asked_at else row.changed_at
        late = timezone.now() - since > REVIEW_LATE
        items.append(
            Item(row.title, _page(row.slug), since, Urgency.SOON if late else Urgency.NORMAL)
        )
    return items


def comments_unread(user: Any) -> list[Item]:
    """Sheets on which readers without account wrote something nobody handled."""
    rows = (
        PreviewComment.objects.filter(handled_at__isnull=True)
        .order_by()
        .values("link__resource__title", "link__resource__slug")
        .annotate(number=Count("pk"), since=Min("created_at"))
        .order_by("since", "link__resource__slug")[:LIMIT]
    )
    return [
        Item(
            row["link__resource__title"],
            reverse("resources:desk_reviews", args=[row["link__resource__slug"]]),
            row["since"],
            detail=count_fr(row["number"], "commentaire à lire,commentaires à lire"),
        )
        for row in rows
    ]


def reviews_overdue(user: Any) -> list[Item]:
    """Sheets on view that the team promised to read again before today."""
    rows = (
        tab_rows(Tab.OVERDUE)
        .values_list("title", "slug", "review_by")
        .order_by("review_by", "sort_key", "pk")[:LIMIT]
    )
    return [
        Item(title, _page(slug), day, Urgency.LATE, f"À relire avant le {date_fr(day)}")
        for title, slug, day in rows
    ]


def publications_refused(user: Any) -> list[Item]:
    """Planned publications that could not be made: the date came, the text could not."""
    drafts = ResourceDraft.objects.exclude(refusal="").select_related("resource")
    return [
        Item(
            draft.resource.title,
            _page(draft.resource.slug),
            None,
            Urgency.LATE,
            f"Publication empêchée : {draft.refusal}",
        )
        for draft in drafts.order_by("pk")[:LIMIT]
    ]


def _page(slug: str) -> str:
    return reverse("resources:desk_sheet", args=[slug])
