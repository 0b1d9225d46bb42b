"""Broken links, as lines of « À traiter »."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cops.links.enums import State
from cops.links.models import LinkCheck
from cops.todo import LIMIT, Item


def to_mend() -> QuerySet[LinkCheck]:
    """The broken ones that nobody has found good."""
    excused = Q(excused_until__isnull=False, excused_until__gt=timezone.now())
    return LinkCheck.objects.filter(state=State.BROKEN).exclude(excused)


def links_waiting(user: Any) -> list[Item]:
    """One line for each broken address, which leads to where it is corrected."""
    return [
        Item(
            label=row.url if len(row.url) < 90 else f"{row.url[:88]}…",
            url=row.uses[0]["edit"] if row.uses else row.url,
            since=row.failing_since,
            detail=f"{row.get_reason_display()} · {row.uses[0]['label']}" if row.uses else "",
        )
        for row in to_mend().order_by("failing_since", "pk")[:LIMIT]
    ]
