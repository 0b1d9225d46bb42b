"""Leaving: asked today, hidden at once, erased in seven days unless the person comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cops.privacy.erasing import person_erase, person_hide, person_show
from cops.privacy.models import Departure

DELAY = timedelta(days=7)


def departure_ask(*, user: Any) -> tuple[Departure, bool]:
    """The departure of this person, and whether it was asked for just now."""
    with transaction.atomic():
        departure, asked = Departure.objects.get_or_create(
            user_id=user.pk, defaults={"due_at": timezone.now() + DELAY}
        )
        if asked:
            person_hide(user=user)
    return departure, asked


def departure_cancel(*, user: Any) -> bool:
    """Everything is as before. False when nothing was to be cancelled."""
    with transaction.atomic():
        found = Departure.objects.select_for_update().filter(user_id=user.pk).first()
        if found is None:
            return False
        found.delete()
        person_show(user=user)
    return True


def departures_due(limit: int) -> list[Departure]:
    """Those whose day has come, the oldest first."""
    due = Departure.objects.filter(due_at__lte=timezone.now()).select_related("user")
    return list(due.order_by("due_at", "pk")[:limit])


def departure_end(*, departure: Departure) -> bool:
    """Erase the person, unless they cancelled a moment ago."""
    with transaction.atomic():
        still = Departure.objects.select_for_update().filter(
            pk=departure.pk, due_at__lte=timezone.now()
        )
        found = still.select_related(None).first()
        return found is not None and person_erase(user=departure.user, scope="asked")
