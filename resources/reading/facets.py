"""The counts of the library's facets, all in one SQL statement.

The usual convention: a facet's counts obey the other facets' choices and not its own,
so that a reader sees what one more tick would bring.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from resources import tally
from resources.filters import FacetFilter
from resources.reading.statements import Prepared


@dataclass(frozen=True)
class Counts:
    """``total`` is the size of the filtered list; ``values`` the rows by facet and code."""

    total: int
    values: dict[str, dict[str, int]]


@dataclass(frozen=True)
class FacetStatement:
    """The one statement, as text; None when Django knows without asking that nothing matches.

    ``columns`` tells what its one row holds: ("total", ""), (facet, code) for a number of rows,
    ("*", facet) for the sum of tallies under which that facet is counted.
    """

    text: Prepared | None
    columns: tuple[tuple[str, str], ...] = ()

    def run(self, facets: Mapping[str, FacetFilter], marks: Mapping[str, str]) -> Counts:
        """Count; the marks that stand for chosen values are replaced by them."""
        values: dict[str, dict[str, int]] = {name: {} for name in facets}
        if self.text is None:
            return Counts(0, values)
        (counted,) = self.text.run(marks)
        row = dict(zip(self.columns, counted, strict=True))
        total, everything = row.pop(("total", "")), row.pop(("*", ""))
        # A facet with a choice has its own sum, the others share one.
        own = {name: row.pop(("*", name)) for name in facets if ("*", name) in row}
        for only, text in [("", everything), *own.items()]:
            for facet, code, number in tally.counted(text):
                if facet == only or (not only and facet not in own):
                    values[facet][code] = number
        for (facet, code), number in row.items():
            if number:
                values[facet][code] = number
        return Counts(total, values)


def facets_statement(
    base: QuerySet,
    facets: Mapping[str, FacetFilter],
    chosen: Mapping[str, list[str]],
    *,
    again: bool = True,
) -> FacetStatement:
    """Count ``base`` by the values of each facet, under the choices of the others.

    ``base`` holds what the reader may see (and what matches the words asked for), before
    any facet. A code that counts 0 is absent. ``again``: the statement is kept and run again.
    """
    try:
        sql, params = _candidates(base, facets, chosen)
    except EmptyResultSet:
        return FacetStatement(None)
    columns = {("total", ""): _count(chosen), ("*", ""): _sum(chosen)}
    for name, facet in facets.items():
        others = [one for one in chosen if one != name]
        if name not in tally.FACETS:
            for code in facet.labels:
                columns[name, code] = _count([*others, _value(name, code)])
        elif name in chosen:
            columns["*", name] = _sum(others)
    # Every word of this text is ours: names of facets, codes of enums.
    text = f"SELECT {', '.join(columns.values())} FROM ({sql}) AS base"  # noqa: S608
    return FacetStatement(Prepared(text, params, again=again), tuple(columns))


def _candidates(
    base: QuerySet, facets: Mapping[str, FacetFilter], chosen: Mapping[str, list[str]]
) -> tuple[str, tuple]:
    """One row a resource: its tally, and whether each choice, each value without place, holds."""
    columns: dict[str, Any] = {"sum_of": F("tally")}
    for name, facet in facets.items():
        if name not in tally.FACETS:
            for code in facet.labels:
                columns[f"ok_{_value(name, code)}"] = _truth(facet.condition([code]))
    for name, values in chosen.items():
        columns[f"ok_{name}"] = _truth(facets[name].condition(values))
    rows = base.order_by().annotate(**columns).values(*columns)
    return rows.query.sql_with_params()


def _value(name: str, code: str) -> str:
    return f"{name}_{code}"


def _truth(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _held(tests: Iterable[str]) -> str:
    held = " AND ".join(f'"ok_{test}"' for test in tests)
    return f" FILTER (WHERE {held})" if held else ""


def _count(tests: Iterable[str]) -> str:
    """How many rows pass the tests."""
    return f"count(*){_held(tests)}"


def _sum(tests: Iterable[str]) -> str:
    """The tallies of the rows that pass the tests, added: as text, since its digits are read."""
    return f'coalesce(sum("sum_of"){_held(tests)}, 0)::text'
