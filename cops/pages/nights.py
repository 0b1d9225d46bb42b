"""What the nights erase, for administrators: a stop, a failure, a table that is not finished."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cops.http.addresses import address
from cops.privacy.models import PurgeRun
from cops.privacy.registry import declaration_of
from cops.privacy.retaining import retention_is_stopped
from cops.todo import LIMIT, Item, Urgency

RECENT = timedelta(days=2)


def title_of(model: str) -> str:
    """The French name of what is kept there."""
    one = declaration_of(model)
    return one.title if one else model


def nights_to_look_at(user: Any) -> list[Item]:
    """Nothing for the team: what stops the erasing is repaired by who keeps the server."""
    if not user.is_superuser:
        return []
    page = address("pages:nights")
    stopped = [Item("L’effacement de nuit est suspendu", page, urgency=Urgency.SOON)]
    runs = PurgeRun.objects.filter(
        Q(failed=True) | Q(unfinished=True), ran_at__gt=timezone.now() - RECENT
    )
    return stopped * retention_is_stopped() + [
        Item(
            f"{title_of(run.model)} : {'échec' if run.failed else 'il en reste'}",
            page,
            run.ran_at,
            Urgency.LATE if run.failed else Urgency.NORMAL,
        )
        for run in runs.order_by("-ran_at", "-pk")[:LIMIT]
    ]
