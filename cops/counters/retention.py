"""How long counters are kept: a search without result says what somebody typed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from cops.counters.models import SearchMiss

MISS_DAYS = 90


def misses_erase_old() -> int:
    """Erase the searches without result older than 90 days. Gives the number of rows."""
    limit = timezone.localdate() - timedelta(days=MISS_DAYS)
    erased, _ = SearchMiss.objects.filter(day__lt=limit).delete()
    return erased
