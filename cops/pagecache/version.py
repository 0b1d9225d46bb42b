"""Reading and raising the version of the contents."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from cops.pagecache.clock import do_what_is_due, next_change
from cops.pagecache.quick import QuickRead

_RAISE = """
    INSERT INTO pagecache_contentversion (single, token, changes_at) VALUES (1, %s, %s)
    ON CONFLICT (single) DO UPDATE SET token = excluded.token, changes_at = excluded.changes_at
"""
_READ = QuickRead(
    "cops_version",
    "SELECT token, extract(epoch FROM changes_at)::float8 FROM pagecache_contentversion",
)


class Version(NamedTuple):
    """``changes_at`` is the time of the next planned change, in seconds since 1970, if any."""

    token: int
    changes_at: float | None


# Nothing was ever published: the table is empty.
NEVER = Version(0, None)


def read_version() -> Version:
    """The version in force; raises Django's OperationalError when Postgres is away."""
    row = _READ.row()
    if row is None:
        return NEVER
    token, changes_at = row
    return Version(int(token), None if changes_at is None else float(changes_at))


def raise_version() -> None:
    """Makes every kept page stale, in every process, when the caller's transaction commits.

    Call it last in the transaction: the row stays locked until the end, and the
    clocks must see what was written.
    """
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, [secrets.randbits(62) + 1, next_change(timezone.now())])


def renew_if_due(version: Version | None = None) -> bool:
    """Does what a planned change asks if it has come, and raises the version; True if it did.

    ``version``: the one in force when the caller has just read it. For the view of a public
    page, and for a timer, each minute.
    """
    changes_at = (version or read_version()).changes_at
    due = changes_at is not None and changes_at <= timezone.now().timestamp()
    if due:
        do_what_is_due()
        raise_version()
    return due
