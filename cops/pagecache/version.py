"""Reading and raising the version of the contents."""

from __future__ import annotations

import secrets
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult

from cops.pagecache.clock import next_change

_RAISE = """
    INSERT INTO pagecache_contentversion (single, token, changes_at) VALUES (1, %s, %s)
    ON CONFLICT (single) DO UPDATE SET token = excluded.token, changes_at = excluded.changes_at
"""
_READ = "SELECT token, extract(epoch FROM changes_at)::float8 FROM pagecache_contentversion"
_READ_BYTES = _READ.encode()
_NAME = b"cops_version"


class Version(NamedTuple):
    """``changes_at`` is the time of the next planned change, in seconds since 1970, if any."""

    token: int
    changes_at: float | None


# Nothing was ever published: the table is empty.
NEVER = Version(0, None)


def read_version() -> Version:
    """The version in force; raises Django's OperationalError when Postgres is away.

    The row is read straight on libpq, by a statement prepared once per connection. Django
    would first send a ``SELECT 1`` to see whether an idle connection still lives; here the
    read itself is that test, which halves the round trips of a kept page, and the driver's
    own work and Postgres's planning halve the rest.
    """
    wrapper = connections[DEFAULT_DB_ALIAS]
    driver = wrapper.connection
    if driver is not None and not wrapper.in_atomic_block and not driver.closed:
        result = _prepared_read(wrapper, driver)
        if result.status == ExecStatus.TUPLES_OK:
            wrapper.health_check_done = True  # type: ignore[attr-defined]
            return _version(result)
        # A server restarted meanwhile, most of the time: what follows opens a new connection.
        wrapper.close()
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        row = cursor.fetchone()
    return Version(*row) if row else NEVER


def _prepared_read(wrapper: BaseDatabaseWrapper, driver: Any) -> PGresult:
    """The row, or what Postgres said instead; a statement sent on a lost connection would raise."""
    pgconn = driver.pgconn
    if getattr(wrapper, "version_prepared_on", None) is not driver:
        prepared = pgconn.prepare(_NAME, _READ_BYTES)
        if pgconn.status != ConnStatus.OK:
            return prepared
        wrapper.version_prepared_on = driver  # type: ignore[attr-defined]
    result = pgconn.exec_prepared(_NAME, None)
    if result.status == ExecStatus.TUPLES_OK or pgconn.status != ConnStatus.OK:
        return result
    # A pooler gave another session, or the table changed since: as text, then.
    return pgconn.exec_(_READ_BYTES)


def _version(result: PGresult) -> Version:
    if result.ntuples == 0:
        return NEVER
    token, changes_at = result.get_value(0, 0), result.get_value(0, 1)
    return Version(int(token or 0), None if changes_at is None else float(changes_at))


def raise_version() -> None:
    """Makes every kept page stale, in every process, when the caller's transaction commits.

    Call it last in the transaction: the row stays locked until the end, and the
    clocks must see what was written.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [secrets.randbits(62) + 1, next_change(timezone.now())])


def renew_if_due() -> bool:
    """Raises the version if a planned change has come; True if it did. For a timer, each minute."""
    changes_at = read_version().changes_at
    due = changes_at is not None and changes_at <= timezone.now().timestamp()
    if due:
        raise_version()
    return due
