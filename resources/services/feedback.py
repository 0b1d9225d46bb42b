"""What readers think of a sheet: a count of the day, and words that the team reads."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cops import counters
from cops.audit import record
from resources.enums import Useful
from resources.models import Remark, Resource

ERASED = "remark.erased"
# The kind of cops.counters for each answer; its key is the sheet's address.
COUNTED = {
    Useful.YES: "resource.useful.yes",
    Useful.PARTLY: "resource.useful.partly",
    Useful.NO: "resource.useful.no",
}
# People write of their health even when asked not to: words are kept no longer than they serve.
REMARK_DAYS = 180


def vote_add(*, slug: str, useful: Useful) -> None:
    """Count one answer of today. Nothing is kept of who gave it."""
    counters.add(COUNTED[useful], slug)


def remark_add(*, resource: Resource, useful: Useful, text: str) -> None:
    """Keep the words of a reader; the same words of the same day are kept once.

    Raises ValidationError when they are empty or too long.
    """
    if not 0 < len(text) <= Remark.LENGTH:
        raise ValidationError(f"Écrivez quelques mots, {Remark.LENGTH} signes au plus.")
    remark = Remark(resource=resource, useful=useful, text=text, received_on=timezone.localdate())
    Remark.objects.bulk_create([remark], ignore_conflicts=True)


@transaction.atomic
def remarks_read(*, remarks: list[int]) -> int:
    """Mark remarks as read; gives how many were not yet."""
    unread = Remark.objects.filter(pk__in=remarks, read_on__isnull=True)
    return unread.update(read_on=timezone.localdate())


@transaction.atomic
def remark_erase(*, remark: Remark, by: Any) -> None:
    """Take away words that should not have been written there (a name, an illness)."""
    record(by, ERASED, remark.resource)
    remark.delete()
