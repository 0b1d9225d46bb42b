"""Running the sweepers: each alone, each at most once at a time."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator

from django.db import connection

from cops.background.registry import sweepers

LOCK_CLASS = 7301  # of Postgres' advisory locks: those of the sweepers


def sweeper_run(name: str) -> bool:
    """Run one sweeper; False when it is running already or its app is gone."""
    function = sweepers().get(name)
    if function is None:
        return False
    with _alone(name) as free:
        if free:
            function()
    return free


@contextlib.contextmanager
def _alone(name: str) -> Iterator[bool]:
    # Of the session, not the transaction: it ends with the worker, whatever ends it.
    keys = [LOCK_CLASS, zlib.crc32(name.encode()) - 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", keys)
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", keys)
