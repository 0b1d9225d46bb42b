"""A database that is there and answers nothing: a clear page instead of a wait without end.

A stopped Postgres closes its connections, and its readers know at once. A frozen one
(SIGSTOP, a disk that hangs, a network that swallows) does not, and the limits of time
that we ask it to keep are kept by itself. This thread of the web server sees a question
that stays without answer, tries to open one more connection, and where that fails cuts
those that wait: their requests end in the same 503 as when Postgres is away. Until it
answers again no request is sent to it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import threading
import time
import weakref
from typing import Any

import psycopg
from django.db.backends.signals import connection_created
from psycopg.pq import TransactionStatus

logger = logging.getLogger("cops.database")

LOOK_SECONDS = 0.5
# A question older than this is doubtful; it costs one more connection, no more.
DOUBTFUL_SECONDS = 1.5
PROBE_SECONDS = 2  # the least that libpq takes for a limit


class Watch:
    """One per process of the web server; ``frozen`` is what the middleware reads."""

    def __init__(self) -> None:
        self.frozen = False
        self.connections: weakref.WeakSet[Any] = weakref.WeakSet()
        self.since: weakref.WeakKeyDictionary[Any, float] = weakref.WeakKeyDictionary()

    def start(self) -> None:
        connection_created.connect(self._note, weak=False)
        threading.Thread(target=self._for_ever, daemon=True, name="frozen database").start()

    def _note(self, connection: Any, **kwargs: Any) -> None:
        self.connections.add(connection)

    def _for_ever(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            try:
                self.look(time.monotonic())
            except Exception:
                logger.exception("the watch of the database failed")

    def look(self, now: float) -> None:
        """One look at every connection of this process."""
        waiting = [one for one in list(self.connections) if _asks(one)]
        for one in list(self.since):
            if one not in waiting:
                del self.since[one]
        for one in waiting:
            self.since.setdefault(one, now)
        late = [one for one in waiting if now - self.since[one] >= DOUBTFUL_SECONDS]
        if not (late or self.frozen):
            return
        one = next(iter(late or self.connections), None)
        frozen = one is not None and not _answers(one)
        if frozen != self.frozen:
            logger.error("the database %s", "answers nothing" if frozen else "answers again")
        self.frozen = frozen
        if frozen:
            for one in list(self.connections):
                if _asks(one):
                    _cut(one)


def _asks(connection: Any) -> bool:
    driver = connection.connection
    return (
        driver is not None
        and not driver.closed
        and driver.pgconn.transaction_status == TransactionStatus.ACTIVE
    )


def _answers(connection: Any) -> bool:
    """Whether one more connection can be opened to the same server."""
    probe = connection.copy()
    probe.settings_dict["OPTIONS"] = {
        **probe.settings_dict["OPTIONS"],
        "connect_timeout": PROBE_SECONDS,
    }
    try:
        probe.connect()
    except psycopg.Error:
        return False
    finally:
        probe.close()
    return True


def _cut(connection: Any) -> None:
    """End the wait of the thread that reads on this connection: it sees a lost server."""
    with contextlib.suppress(Exception):
        line = socket.socket(fileno=os.dup(connection.connection.pgconn.socket))
        with line:
            line.shutdown(socket.SHUT_RDWR)


watch = Watch()
