"""Statements that Django writes once per process and only runs afterwards.

For a page's main query, Django takes up to ten times longer to write the SQL than Postgres
to answer. The querysets stay the only place where a rule is said; their text is kept, and
Postgres parses it once per connection.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from django.db import connection
from django.db.models import QuerySet
from psycopg.sql import Literal

from cops.postgres.base import DatabaseWrapper

_PLACE = re.compile("%[s%]")
Marks = Mapping[Any, Any]


class Prepared:
    """SQL as Django writes it, where marks among the parameters stand for what each run gives.

    The other parameters are written into the text: they are part of the rule, and Postgres
    plans with them. A text that is run once only (``again=False``) is sent as it is.
    """

    def __init__(self, sql: str, params: Sequence[Any], *, again: bool = True) -> None:
        self.sql, self.params, self.again = sql, params, again
        self._written: tuple[str, list[Any]] | None = None

    def run(self, marks: Marks, *, limit: int | None = None, offset: int = 0) -> list[tuple]:
        """The rows, each mark replaced by its value. All runs of one statement have the same
        marks."""
        if self.again and self._written is None:
            self._written = self._write(marks)
        sql, params = self._written or (self.sql, self.params)
        values = marked(params, marks)
        if limit is not None:
            sql, values = f"{sql} LIMIT %s OFFSET %s", [*values, limit, offset]
        if self.again:
            return cast(DatabaseWrapper, connection).prepared_rows(sql, values)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def _write(self, marks: Marks) -> tuple[str, list[Any]]:
        """The text with all but the marks in it, and the parameters that hold one."""
        connection.ensure_connection()
        given, kept = iter(self.params), []

        def place(found: re.Match[str]) -> str:
            if found[0] == "%%":
                return "%%"
            value = next(given)
            if marked([value], marks) != [value]:
                kept.append(value)
                return "%s"
            return Literal(value).as_string(connection.connection).replace("%", "%%")

        return _PLACE.sub(place, self.sql), kept


class Statement:
    """A queryset of values, compiled. The queryset may hold marks where each run gives a value."""

    def __init__(self, rows: QuerySet, names: Sequence[str], *, again: bool = True) -> None:
        """``names``: the fields and annotations to read; ``again``: it is kept and run again.
        Raises EmptyResultSet as Django does."""
        compiler = rows.values_list(*names).query.get_compiler(connection=connection)
        self.names = tuple(names)
        self._text = Prepared(*compiler.as_sql(), again=again)
        columns = [column for column, _sql, _alias in compiler.select]
        self._converters = compiler.get_converters(columns)

    def run(
        self, marks: Marks | None = None, *, limit: int | None = None, offset: int = 0
    ) -> list[dict[str, Any]]:
        """The rows as dicts, each mark replaced by its value."""
        rows = self._text.run(marks or {}, limit=limit, offset=offset)
        return [dict(zip(self.names, self._converted(row), strict=True)) for row in rows]

    def _converted(self, row: tuple[Any, ...]) -> list[Any]:
        values = list(row)
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return values


def marked(params: Sequence[Any], marks: Marks) -> list[Any]:
    """Parameters with each mark replaced, inside arrays too."""

    def given(value: Any) -> Any:
        if isinstance(value, list):
            return [given(one) for one in value]
        return marks.get(value, value)

    return [given(param) for param in params]
