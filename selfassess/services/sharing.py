"""What people agreed to share leaves for an anonymous table, by shuffled batches.

At least five people of the same grid, role and department leave at once, each mark by itself:
no cell of the table was ever made by fewer than five people. Each batch writes the whole table
again, in random order, in one transaction: neither a key, nor the day, nor where a row lies, nor
``xmin`` leads back to a wheel, or tells even with which night a row came
(tests/selfassess/test_linking.py attacks it).
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from selfassess.models import Participant, SharedScore

AT_LEAST = 5
AT_ONCE = 5_000
# One who told a department that too few others tell leaves without it after so long.
WITHOUT_DEPARTMENT = timedelta(days=90)

Cell = tuple[str, int, str, str]

_COLUMNS = "grid, version, criterion, role, value, quarter, department"
# TRUNCATE gives a new file: of the former order not even dead rows are left to read.
_SHUFFLE = f"""
SET LOCAL statement_timeout = '90s';
CREATE TEMPORARY TABLE shared_urn ON COMMIT DROP AS
    SELECT {_COLUMNS} FROM selfassess_sharedscore;
TRUNCATE selfassess_sharedscore RESTART IDENTITY;
INSERT INTO selfassess_sharedscore ({_COLUMNS})
    SELECT {_COLUMNS} FROM shared_urn ORDER BY random();
DROP TABLE shared_urn;
"""  # noqa: S608  (names of ours)


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
    leaving = _leaving(waiting)
    if not leaving:
        return 0
    rows = [row for participant, where in leaving for row in _rows(participant, where)]
    random.SystemRandom().shuffle(rows)
    SharedScore.objects.bulk_create(rows, batch_size=5_000)
    with connection.cursor() as cursor:
        cursor.execute(_SHUFFLE)
    Participant.objects.filter(pk__in=[one.pk for one, _ in leaving]).update(
        shared_at=timezone.localdate()
    )
    return len(leaving)


def _leaving(waiting: list[Participant]) -> list[tuple[Participant, Cell]]:
    """Those who are enough in their cell, each with the cell they fall in."""
    leaving, others = _enough([(one, _cell(one, one.department)) for one in waiting])
    lately = timezone.now() - WITHOUT_DEPARTMENT
    alone = [one for one in others if not one.department or _since(one) < lately]
    return leaving + _enough([(one, _cell(one, "")) for one in alone])[0]


def _enough(
    placed: list[tuple[Participant, Cell]],
) -> tuple[list[tuple[Participant, Cell]], list[Participant]]:
    cells: dict[Cell, list[Participant]] = defaultdict(list)
    for one, where in placed:
        cells[where].append(one)
    full = {where for where, people in cells.items() if len(people) >= AT_LEAST}
    return (
        [(one, where) for one, where in placed if where in full],
        [one for one, where in placed if where not in full],
    )


def _cell(one: Participant, department: str) -> Cell:
    version = one.assessment.version
    return version.grid.slug, version.number, one.role, department


def _since(one: Participant) -> datetime:
    return one.submitted_at or timezone.now()


def _rows(participant: Participant, where: Cell) -> list[SharedScore]:
    grid, version, role, department = where
    return [
        SharedScore(
            grid=grid,
            version=version,
            criterion=criterion,
            role=role,
            value=value,
            quarter=quarter_of(timezone.localdate()),
            department=department,
        )
        for criterion, value in participant.scores.items()
    ]


def quarter_of(day: date) -> str:
    """« 2026-T4 »."""
    return f"{day.year}-T{(day.month + 2) // 3}"
