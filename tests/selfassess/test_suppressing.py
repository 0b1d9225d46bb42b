"""Whatever the table and whatever the filters, no subtraction gives back fewer than five people."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from selfassess.reading.suppressing import ALL, FEWEST, hidden_cells

Cells = dict[tuple[str, str], int]


def _whole(inner: Cells) -> Cells:
    table: Cells = {}
    for (role, quarter), number in inner.items():
        for cell in ((role, quarter), (role, ALL), (ALL, quarter), (ALL, ALL)):
            table[cell] = table.get(cell, 0) + number
    return table


def _worked_out(table: Cells, hidden: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The hidden cells that the sums of the table give back, by elimination."""
    unknown = sorted(hidden)
    lines = [[cell for cell in table if cell[side] == name]
             for side in (0, 1) for name in {cell[side] for cell in table}]  # fmt: skip
    rows = [[Fraction((cell in line) * (-1 if cell.count(ALL) % 2 else 1)) for cell in unknown]
            for line in lines]  # fmt: skip
    rank = 0
    for column in range(len(unknown)):
        pivot = next((r for r in range(rank, len(rows)) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        rows[rank] = [value / rows[rank][column] for value in rows[rank]]
        for r, row in enumerate(rows):
            if r != rank and row[column]:
                rows[r] = [a - row[column] * b for a, b in zip(row, rows[rank], strict=True)]
        rank += 1
    alone = [row for row in rows if sum(1 for value in row if value) == 1]
    return {unknown[next(i for i, value in enumerate(row) if value)] for row in alone}


@pytest.mark.parametrize("seed", range(150))
def test_no_hidden_cell_is_worked_out_from_those_shown(seed):
    drawn = random.Random(seed)
    roles, quarters = "ab"[: drawn.randint(1, 2)] + "c", range(drawn.randint(1, 5))
    inner = {(role, f"T{q}"): drawn.choice([0, 1, 2, 3, 4, 5, 8, 30])
             for role in roles for q in quarters}  # fmt: skip
    table = _whole(inner)
    concerned = _whole({cell: drawn.randint(0, number) for cell, number in inner.items()})
    hidden = hidden_cells(table, concerned)
    small = {cell for cell in table if 0 < table[cell] < FEWEST or 0 < concerned[cell] < FEWEST}
    assert small <= hidden
    shown = set(table) - hidden
    assert _worked_out(table, hidden) == set() or not shown - {c for c in shown if not table[c]}


def test_a_small_cell_hides_another_of_its_line_and_large_ones_stay():
    table = _whole({("a", "T1"): 3, ("a", "T2"): 9, ("a", "T3"): 20, ("b", "T1"): 8,
                    ("b", "T2"): 9, ("b", "T3"): 30})  # fmt: skip
    hidden = hidden_cells(table, table)
    assert hidden == {("a", "T1"), ("a", "T2"), ("b", "T1"), ("b", "T2")}


def test_nothing_is_hidden_where_all_are_five_or_none():
    table = _whole({("a", "T1"): 5, ("a", "T2"): 0, ("b", "T1"): 12, ("b", "T2"): 6})
    assert hidden_cells(table, table) == set()


def test_a_mean_of_few_who_were_concerned_is_hidden_too():
    people = _whole({("a", "T1"): 9, ("b", "T1"): 9})
    concerned = _whole({("a", "T1"): 2, ("b", "T1"): 9})
    assert ("a", "T1") in hidden_cells(people, concerned)
    assert ("b", "T1") in hidden_cells(people, concerned)
