"""What a worker says while it works, on a connection of its own.

The maker may be inside a transaction, or spend a minute in one call of WeasyPrint: neither
may hide how far it is, nor let another worker believe that this one is dead.
"""

from __future__ import annotations

import logging
import threading
from types import TracebackType

import psycopg
from django.db import connection

from cops.exports.models import Export
from cops.exports.services import LEASE

BEAT_SECONDS = 15.0

logger = logging.getLogger("cops.exports")

_BEAT = """
update {table} set lease_until = now() + %s where id = %s and token = %s and state = 'making'
"""
_PROGRESS = """
update {table} set done = %s, total = %s, phase = %s, lease_until = now() + %s
where id = %s and token = %s and state = 'making'
"""


class Lost(Exception):
    """Another worker has taken the export up: what this one makes is of no use."""


class Pulse:
    """Beats in a thread while the work lasts; ``write`` says how far it is."""

    def __init__(self, export: Export) -> None:
        self.key = (export.pk, export.token)
        self.lost = False
        self._table = connection.ops.quote_name(Export._meta.db_table)
        self._parameters = connection.get_connection_params()
        self._link: psycopg.Connection | None = None
        self._alone = threading.Lock()
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="export-pulse", daemon=True)

    def __enter__(self) -> Pulse:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.set()
        self._thread.join()
        if self._link is not None:
            self._link.close()

    def write(self, done: int, total: int, phase: str) -> None:
        """Raises Lost when the export is no longer this worker's."""
        done = max(0, min(done, total))
        self._send(_PROGRESS, (done, max(0, total), phase[:40], LEASE, *self.key))
        if self.lost:
            raise Lost

    def _beat(self) -> None:
        while not self._end.wait(BEAT_SECONDS):
            self._send(_BEAT, (LEASE, *self.key))

    def _send(self, statement: str, values: tuple[object, ...]) -> None:
        with self._alone:
            try:
                link = self._link
                if link is None or link.closed:
                    link = psycopg.connect(**self._parameters, autocommit=True)
                    self._link = link
                cursor = link.execute(statement.format(table=self._table), values)
                self.lost = self.lost or cursor.rowcount == 0
            except psycopg.Error as error:
                # The base restarts: the work goes on, the next beat says it.
                logger.warning("an export could not be marked: %s", type(error).__name__)
                if self._link is not None:
                    self._link.close()
                self._link = None
