"""The counts of the library's facets, all in one SQL statement.

The usual convention: a facet's counts obey the other facets' choices and not its own,
so that a reader sees what one more tick would bring.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet

from resources.filters import FacetFilter
from resources.reading.statements import marked

# Under this name the statement counts the rows that answer to every value of a facet.
_EVERY = "*"


@dataclass(frozen=True)
class Counts:
    """``total`` is the size of the filtered list; ``values`` the rows by facet and code."""

    total: int
    values: dict[str, dict[str, int]]


@dataclass(frozen=True)
class FacetStatement:
    """The one statement, as text; None when Django knows without asking that nothing matches."""

    sql: str | None
    params: tuple

    def run(self, facets: Mapping[str, FacetFilter], marks: Mapping[str, str]) -> Counts:
        """Count; the marks that stand for chosen values are replaced by them."""
        if self.sql is None:
            return Counts(0, {name: {} for name in facets})
        with connection.cursor() as cursor:
            cursor.execute(self.sql, marked(self.params, marks))
            return _gathered(cursor.fetchall(), facets)


def facets_statement(
    base: QuerySet, facets: Mapping[str, FacetFilter], chosen: Mapping[str, list[str]]
) -> FacetStatement:
    """Count ``base`` by the values of each facet, under the choices of the others.

    ``base`` holds what the reader may see (and what matches the words asked for), before
    any facet. A code that counts 0 is absent.
    """
    try:
        sql, params = _candidates(base, facets, chosen)
    except EmptyResultSet:
        return FacetStatement(None, ())
    # One pass over the rows, grouped once by each facet and once as a whole. "n" counts the
    # rows for which every choice holds, "n_<facet>" those for which the others hold.
    keys = ", ".join(f'"in_{name}"' for name in facets)
    sets = ", ".join([*(f'("in_{name}")' for name in facets), "()"])
    counts = [_count("n", chosen)]
    counts += [_count(f"n_{name}", [one for one in chosen if one != name]) for name in chosen]
    tally = f"SELECT grouping({keys}) AS g, {keys}, {', '.join(counts)} FROM base"  # noqa: S608
    # Named once, read many times: without MATERIALIZED a single SELECT would inline it.
    parts = [f"SELECT 'total' AS facet, '' AS code, n FROM tally WHERE g = {_group(facets)}"]  # noqa: S608
    parts += [_read(name, facets, chosen) for name in facets]
    return FacetStatement(
        f"WITH base AS ({sql}), tally AS MATERIALIZED ({tally} GROUP BY GROUPING SETS ({sets}))"
        f" {' UNION ALL '.join(parts)}",
        params,
    )


def _candidates(
    base: QuerySet, facets: Mapping[str, FacetFilter], chosen: Mapping[str, list[str]]
) -> tuple[str, tuple]:
    """One row a resource: what it counts under, and whether each choice holds for it."""
    columns: dict[str, Any] = {}
    for name, facet in facets.items():
        column = facet.column
        columns[f"in_{name}"] = F(column) if isinstance(column, str) else column
    for name, values in chosen.items():
        columns[f"ok_{name}"] = _truth(facets[name].condition(values))
    rows = base.order_by().annotate(**columns).values(*columns)
    return rows.query.sql_with_params()


def _truth(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


# Every word of these texts is ours: names of facets, quoted columns, codes of enums.
def _count(name: str, tests: Iterable[str]) -> str:
    """The rows for which the choices made in ``tests`` hold, as a column."""
    held = " AND ".join(f'"ok_{test}"' for test in tests)
    return f"count(*) FILTER (WHERE {held}) AS {name}" if held else f"count(*) AS {name}"


def _group(facets: Mapping[str, FacetFilter], name: str | None = None) -> int:
    """What grouping() says of the rows of one facet; of the whole without a name."""
    bits = "".join("0" if facet == name else "1" for facet in facets)
    return int(bits, 2)


def _read(name: str, facets: Mapping[str, FacetFilter], chosen: Iterable[str]) -> str:
    """The SELECT that takes one facet's counts out of the tally."""
    facet, key, group = facets[name], f'"in_{name}"', _group(facets, name)
    count = f"n_{name}" if name in chosen else "n"
    if not isinstance(facet.column, str):
        code = next(iter(facet.labels))
        return f"SELECT '{name}', '{code}', {count} FROM tally WHERE g = {group} AND {key}"  # noqa: S608
    if not facet.several:
        return f"SELECT '{name}', {key}, {count} FROM tally WHERE g = {group}"  # noqa: S608
    # Few sets of codes for many rows: they are taken apart once counted.
    return (
        f"SELECT '{name}', one, sum({count})::bigint"  # noqa: S608
        f" FROM tally, unnest({_codes(facet, key)}) AS one WHERE g = {group} GROUP BY 2"
    )


def _codes(facet: FacetFilter, key: str) -> str:
    """The codes of a set; one mark for a set that answers to every value."""
    if facet.open_to_all is None:
        return key
    every = f"{key} = '{{}}'"
    if facet.open_code:
        every += f" OR '{facet.open_code}' = ANY({key})"
    return f"CASE WHEN {every} THEN ARRAY['{_EVERY}']::varchar[] ELSE {key} END"


def _gathered(rows: list[tuple[str, str, int]], facets: Mapping[str, FacetFilter]) -> Counts:
    total = 0
    values: dict[str, dict[str, int]] = {name: {} for name in facets}
    for facet, code, number in rows:
        if facet == "total":
            total = number
        elif number and code:  # "": a resource that names no value of this facet
            values[facet][code] = number
    for name, counted in values.items():
        if every := counted.pop(_EVERY, 0):
            for code in facets[name].labels:
                counted[code] = counted.get(code, 0) + every
    return Counts(total, values)
