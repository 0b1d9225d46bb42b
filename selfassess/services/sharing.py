"""What people agreed to share leaves for an anonymous table, by shuffled batches.

Five people at least in a batch; one transaction for all its rows, in random order, each mark
by itself: neither a key, nor the day, nor the order, nor ``xmin`` leads back to a wheel.
"""

from __future__ import annotations

import random
from datetime import date

from django.db import transaction
from django.utils import timezone

from selfassess.models import Participant, SharedScore

AT_LEAST = 5
AT_ONCE = 500


@transaction.atomic
def shares_drop() -> int:
    """Let the marks that wait fall into the table; how many people's. Fewer than five wait on."""
    waiting = list(
        Participant.objects.select_for_update(of=("self",))
        .select_related("assessment__version__grid")
        .filter(
            shares=True,
            shared_at__isnull=True,
            submitted_at__isnull=False,
            assessment__revealed_at__isnull=False,
        )
        .order_by("pk")[:AT_ONCE]
    )
    if len(waiting) < AT_LEAST:
        return 0
    rows = [row for participant in waiting for row in _rows(participant)]
    random.SystemRandom().shuffle(rows)
    SharedScore.objects.bulk_create(rows, batch_size=5_000)
    Participant.objects.filter(pk__in=[one.pk for one in waiting]).update(
        shared_at=timezone.localdate()
    )
    return len(waiting)


def _rows(participant: Participant) -> list[SharedScore]:
    assessment = participant.assessment
    return [
        SharedScore(
            grid=assessment.version.grid.slug,
            version=assessment.version.number,
            criterion=criterion,
            role=participant.role,
            value=value,
            quarter=quarter_of(timezone.localdate()),
            department=assessment.department,
        )
        for criterion, value in participant.scores.items()
    ]


def quarter_of(day: date) -> str:
    """« 2026-T4 »."""
    return f"{day.year}-T{(day.month + 2) // 3}"
