"""Statements that Django writes once per process and only runs afterwards.

For a page's main query, Django takes up to ten times longer to write the SQL than Postgres
to answer. The querysets stay the only place where a rule is said; their text is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet


class Statement:
    """A queryset of values, compiled. The queryset may hold marks where each run gives a value."""

    def __init__(self, rows: QuerySet, names: Sequence[str]) -> None:
        """``names``: the fields and annotations to read. Raises EmptyResultSet as Django does."""
        compiler = rows.values_list(*names).query.get_compiler(connection=connection)
        self.names = tuple(names)
        self.sql, self.params = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        self._converters = compiler.get_converters(columns)

    def run(
        self, marks: Mapping[Any, Any] | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[dict[str, Any]]:
        """The rows as dicts, each mark replaced by its value."""
        sql, params = self.sql, marked(self.params, marks or {})
        if limit is not None:
            sql, params = f"{sql} LIMIT %s OFFSET %s", [*params, limit, offset]
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows = cursor.fetchall()
        return [dict(zip(self.names, self._converted(row), strict=True)) for row in rows]

    def _converted(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return values


def marked(params: Sequence[Any], marks: Mapping[Any, Any]) -> list[Any]:
    """Parameters with each mark replaced, inside arrays too."""

    def given(value: Any) -> Any:
        if isinstance(value, list):
            return [given(one) for one in value]
        return marks.get(value, value)

    return [given(param) for param in params]
