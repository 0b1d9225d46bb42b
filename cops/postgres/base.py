"""The backend: a lost connection is seen without asking, a statement is parsed once.

Both spare round trips and planning that every page paid; nothing of the SQL changes.
"""

from __future__ import annotations

import select
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper
from django.db.utils import NotSupportedError, ProgrammingError
from psycopg.pq import ConnStatus, TransactionStatus

# « cached plan must not change result type », « prepared statement does not exist ».
_STALE = {"0A000", "26000"}


class DatabaseOperations(operations.DatabaseOperations):
    """Django's operations; what a prepared cursor ran is told as for any other."""

    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        if isinstance(cursor, base.ServerBindingCursor):
            return str(self.compose_sql(sql, params))  # type: ignore[attr-defined]
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):  # type: ignore[misc]
    """Django's wrapper for Postgres; see ``is_usable`` and ``prepared_cursor``."""

    ops_class = DatabaseOperations

    def is_usable(self) -> bool:
        """Whether the connection still lives (asked before a request, CONN_HEALTH_CHECKS).

        Django sends ``SELECT 1``. A server that stopped, restarted or ended the session has
        closed its end: the system says at once that there is something to read. Then only,
        Postgres is asked. A server that answers no more without having closed anything is
        not seen, and would not be by a question either: that one would wait just as long.
        """
        if self.connection is None:
            return False
        link = self.connection.pgconn
        if link.status != ConnStatus.OK:
            return False
        if link.transaction_status != TransactionStatus.IDLE:
            return super().is_usable()  # a transaction that failed takes no statement
        waiting = select.poll()
        waiting.register(link.socket, select.POLLIN)
        if not waiting.poll(0):
            return True
        return super().is_usable()

    def get_connection_params(self) -> dict[str, Any]:
        # Of the cursors below alone: those of Django write the values into the text.
        return {**super().get_connection_params(), "prepare_threshold": 0}

    @contextmanager
    def _nodb_cursor(self) -> Iterator[CursorWrapper]:
        """The cursor that makes and drops whole databases, those of the tests among them.

        Postgres writes everything down first, which a busy disk makes long: the limit that
        protects a page would refuse it.
        """
        with super()._nodb_cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")
            yield cursor

    def prepared_rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        """The rows of a statement that is prepared; as ``prepared_cursor``.

        A column that a migration changed meanwhile, or a session that forgot its statements,
        would refuse it for as long as the connection lasts: it is asked once more on a new one,
        unless a transaction would be lost with the old one.
        """
        try:
            return self._prepared_rows(sql, values)
        except (NotSupportedError, ProgrammingError) as error:
            state = getattr(error.__cause__, "sqlstate", None)
            if self.in_atomic_block or state not in _STALE:
                raise
        self.close()
        return self._prepared_rows(sql, values)

    def _prepared_rows(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        with self.prepared_cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    def prepared_cursor(self) -> CursorWrapper:
        """A cursor whose statements Postgres parses once per connection.

        For the few statements that pages run all the time, always with the same text. Its
        parameters are sent apart: each must have a type that Postgres can tell from its place.
        psycopg names the statements, keeps the last hundred, forgets those of a lost session.
        """
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor: Any = base.ServerBindingCursor(self.connection)  # type: ignore[call-arg]
            return self._prepare_cursor(cursor)  # type: ignore[attr-defined, no-any-return]
