"""What the team may know of what was shared: means and distributions, never below five."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from selfassess.models import SharedScore
from selfassess.reading.suppressing import ALL, Key, hidden_cells

Levels = Counter[int | None]  # how many at each level; None for « non concerné »
# Grid, criterion, then role and quarter.
Counts = dict[str, dict[str, dict[Key, Levels]]]


@dataclass(frozen=True)
class Row:
    """One criterion. ``hidden`` when fewer than five answered, or when a subtraction would tell."""

    code: str
    mean: float | None
    counts: tuple[int, ...]
    not_concerned: int
    total: int
    hidden: bool


def counted() -> Counts:
    """All that was shared, counted: what the whole page of the team is read from. One statement.

    In the order of the index, which holds all it asks for: the table itself is not read.
    """
    rows = (
        SharedScore.objects.order_by()
        .values_list("grid", "quarter", "role", "criterion", "value")
        .annotate(number=Count("*"))
    )
    counts: Counts = defaultdict(lambda: defaultdict(lambda: defaultdict(Counter)))
    for grid, quarter, role, criterion, value, number in rows:
        counts[grid][criterion][role, quarter][value] = number
    return counts


def choices(counts: Counts) -> dict[str, list[str]]:
    """The grids, roles and quarters of what was shared."""
    cells = {cell for grid in counts.values() for table in grid.values() for cell in table}
    return {
        "grid": sorted(counts),
        "role": sorted({role for role, _ in cells}),
        "quarter": sorted({quarter for _, quarter in cells}),
    }


def figures(counts: Counts, *, grid: str, role: str = ALL, quarter: str = ALL) -> list[Row]:
    """Each criterion of a grid, for a role and a quarter or for all.

    What is hidden is worked out on the whole table of roles and quarters, whatever was asked:
    several looks through the filters tell no more than one.
    """
    return [
        _row(code, _with_totals(table), (role, quarter))
        for code, table in sorted(counts.get(grid, {}).items())
    ]


def _with_totals(table: Mapping[Key, Levels]) -> dict[Key, Levels]:
    whole: dict[Key, Levels] = defaultdict(Counter)
    for (role, quarter), levels in table.items():
        for cell in ((role, quarter), (role, ALL), (ALL, quarter), (ALL, ALL)):
            whole[cell].update(levels)
    return whole


def _row(code: str, table: Mapping[Key, Levels], asked: Key) -> Row:
    people = {cell: levels.total() for cell, levels in table.items()}
    concerned = {cell: people[cell] - levels[None] for cell, levels in table.items()}
    if not people.get(asked) or asked in hidden_cells(people, concerned):
        return Row(code, mean=None, counts=(), not_concerned=0, total=0, hidden=True)
    levels = table[asked]
    points = sum(value * number for value, number in levels.items() if value is not None)
    return Row(
        code,
        mean=points / concerned[asked] if concerned[asked] else None,
        counts=tuple(levels[level] for level in range(5)),
        not_concerned=levels[None],
        total=people[asked],
        hidden=False,
    )
