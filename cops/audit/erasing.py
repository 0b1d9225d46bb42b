"""Taking something away from the journal: after its time, or for a person who leaves."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection, models, transaction
from django.utils import timezone

from cops.audit.models import Entry

# The trigger of migration 0002 reads it; it ends with the transaction.
_SETTING = "cops.audit_erasure"


KEEP_DAYS = 365


def entries_erase_old(limit: int) -> int:
    """Erase the entries of more than a year, at most ``limit`` of them. Gives how many."""
    moment = timezone.now() - timedelta(days=KEEP_DAYS)
    old = Entry.objects.filter(at__lt=moment).order_by("at", "pk").values_list("pk", flat=True)
    with _allowed():
        erased, _ = Entry.objects.filter(pk__in=list(old[:limit])).delete()
    return erased


def entries_empty(obj: models.Model) -> int:
    """Empty the changes kept about an object, for a person who leaves: what was done stays.

    Gives the number of rows.
    """
    with _allowed():
        return Entry.objects.about(obj).exclude(changes={}).update(changes={})


@contextlib.contextmanager
def _allowed() -> Iterator[None]:
    with transaction.atomic():
        _say("allowed")
        yield
        _say("")


def _say(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [_SETTING, value])
