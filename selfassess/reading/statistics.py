"""What the team may know of what was shared: means and distributions, never below five."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q

from selfassess.models import SharedScore

FEWEST = 5


@dataclass(frozen=True)
class Row:
    """One criterion. ``hidden`` when fewer than five answered, or when a subtraction would tell."""

    code: str
    mean: float | None
    counts: tuple[int, ...]
    not_concerned: int
    total: int
    hidden: bool


def choices() -> dict[str, list[str]]:
    """The grids, roles and quarters of what was shared."""
    return {
        name: sorted(SharedScore.objects.order_by().values_list(name, flat=True).distinct())
        for name in ("grid", "role", "quarter")
    }


def figures(*, grid: str, role: str = "", quarter: str = "") -> list[Row]:
    """Each criterion of a grid, for a role and a quarter or for all. One statement.

    A choice is also hidden when those it leaves out are between one and four: the whole
    less what is shown would give them away.
    """
    chosen = Q()
    if role:
        chosen &= Q(role=role)
    if quarter:
        chosen &= Q(quarter=quarter)
    marks = {f"level_{level}": Count("pk", filter=chosen & Q(value=level)) for level in range(5)}
    rows = (
        SharedScore.objects.filter(grid=grid)
        .order_by("criterion")
        .values("criterion")
        .annotate(
            total=Count("pk", filter=chosen),
            mean=Avg("value", filter=chosen),
            none=Count("pk", filter=chosen & Q(value__isnull=True)),
            **marks,
            **_others(role, quarter),
        )
    )
    return [_row(dict(row)) for row in rows]


def _others(role: str, quarter: str) -> dict[str, Count]:
    """How many each choice leaves out, the other one kept, and both together."""
    others = {}
    if role:
        kept = Q(quarter=quarter) if quarter else Q()
        others["other_roles"] = Count("pk", filter=kept & ~Q(role=role))
    if quarter:
        kept = Q(role=role) if role else Q()
        others["other_quarters"] = Count("pk", filter=kept & ~Q(quarter=quarter))
    return others


def _row(row: dict[str, Any]) -> Row:
    left = [row[name] for name in ("other_roles", "other_quarters") if name in row]
    hidden = row["total"] < FEWEST or any(0 < count < FEWEST for count in left)
    return Row(
        code=row["criterion"],
        mean=None if hidden else row["mean"],
        counts=() if hidden else tuple(row[f"level_{level}"] for level in range(5)),
        not_concerned=0 if hidden else row["none"],
        total=0 if hidden else row["total"],
        hidden=hidden,
    )
