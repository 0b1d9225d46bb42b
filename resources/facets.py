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
from resources.statements import marked

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
    parts = [_select("total", "''", tests=_hold(chosen))]
    for name, facet in facets.items():
        parts += _facet_parts(name, facet, _hold(other for other in chosen if other != name))
    # Named once, read many times: without MATERIALIZED a single SELECT would inline it.
    return FacetStatement(f"WITH base AS MATERIALIZED ({sql}) {' UNION ALL '.join(parts)}", params)


def _candidates(
    base: QuerySet, facets: Mapping[str, FacetFilter], chosen: Mapping[str, list[str]]
) -> tuple[str, tuple]:
    """One row a resource: what it counts under, and whether each choice holds for it."""
    columns: dict[str, Any] = {}
    for name, facet in facets.items():
        column = facet.column
        columns[f"in_{name}"] = F(column) if isinstance(column, str) else column
        if facet.open_to_all is not None:
            columns[f"all_{name}"] = _truth(facet.open_to_all)
    for name, values in chosen.items():
        columns[f"ok_{name}"] = _truth(facets[name].condition(values))
    rows = base.order_by().annotate(**columns).values(*columns)
    return rows.query.sql_with_params()


def _truth(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _hold(names: Iterable[str]) -> list[str]:
    return [f'"ok_{name}"' for name in names]


def _facet_parts(name: str, facet: FacetFilter, others: list[str]) -> list[str]:
    """The SELECTs that count one facet under the choices of the others."""
    inside, every = f'"in_{name}"', f'"all_{name}"'
    if not isinstance(facet.column, str):
        return [_select(name, f"'{next(iter(facet.labels))}'", tests=[*others, inside])]
    if not facet.several:
        return [_select(name, inside, tests=others, group=True)]
    codes = inside
    if facet.open_to_all is not None:
        codes = f"CASE WHEN {every} THEN ARRAY['{_EVERY}']::varchar[] ELSE {inside} END"
    return [_select_several(name, codes, tests=others)]


# Every word of the two texts is ours: names of facets, quoted columns, codes of enums.
def _select(name: str, code: str, *, tests: list[str], group: bool = False) -> str:
    ending = " GROUP BY 2" if group else ""
    return (
        f"SELECT '{name}' AS facet, {code} AS code, count(*) AS n FROM base{_where(tests)}{ending}"  # noqa: S608
    )


def _select_several(name: str, codes: str, *, tests: list[str]) -> str:
    """Rows with the same codes are counted together first: there are few such sets."""
    sets = f"SELECT {codes} AS codes, count(*) AS n FROM base{_where(tests)} GROUP BY 1"  # noqa: S608
    source = f"({sets}) AS sets, unnest(codes) AS one"
    return f"SELECT '{name}', one, sum(n)::bigint FROM {source} GROUP BY 2"  # noqa: S608


def _where(tests: list[str]) -> str:
    return f" WHERE {' AND '.join(tests)}" if tests else ""


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
