"""Counts kept in the memory of the process, written every 30 seconds and at exit."""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import re
import threading
import time
from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections
from django.utils import timezone

logger = logging.getLogger("cops.counters")

PERIOD_SECONDS = 30.0
# Distinct counters kept while the database is away; beyond, new ones are dropped.
MAX_KEPT = 20_000
MISS_LENGTH = 60

_MISS = "search.miss"
_SIGNS = re.compile(r"[^\w\s'’-]|_")
# One round trip, and all or nothing without a transaction around it. Rows come sorted: two
# processes that write the same counters take their locks in the same order.
_WRITE = """
    WITH counted AS (
        INSERT INTO counters_dailycount AS c (kind, key, day, count)
        SELECT * FROM unnest(%s::text[], %s::text[], %s::date[], %s::bigint[])
        ON CONFLICT (kind, key, day) DO UPDATE SET count = c.count + excluded.count
    )
    INSERT INTO counters_searchmiss AS m (text, day, count)
    SELECT * FROM unnest(%s::text[], %s::date[], %s::bigint[])
    ON CONFLICT (text, day) DO UPDATE SET count = m.count + excluded.count
"""

_Key = tuple[str, str, date]


class _Memory:
    """The counts of this process. A forked child starts with none: its parent writes its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        # One writer at a time, so that a failed write can be put back whole.
        self.writing = threading.Lock()
        self.counts: Counter[_Key] = Counter()
        self.writer: threading.Thread | None = None
        self.wake = threading.Event()

    def add(self, kind: str, key: str, day: date, number: int) -> None:
        with self.lock:
            name = (kind, key, day)
            if name not in self.counts and len(self.counts) >= MAX_KEPT:
                return
            self.counts[name] += number
            if self.writer is None and settings.COUNTERS_IN_BACKGROUND:
                self.writer = threading.Thread(target=_write_for_ever, daemon=True, name="counters")
                self.writer.start()

    def take(self) -> Counter[_Key]:
        with self.lock:
            taken, self.counts = self.counts, Counter()
        return taken

    def put_back(self, counts: Counter[_Key]) -> None:
        with self.lock:
            for name, number in counts.items():
                if name in self.counts or len(self.counts) < MAX_KEPT:
                    self.counts[name] += number


_memory = _Memory()


# A day in Paris, when it begins and when it ends.
_day = (date.min, 0.0, 0.0)


def _after_fork() -> None:
    global _memory
    _memory = _Memory()


os.register_at_fork(after_in_child=_after_fork)


def add(kind: str, key: str = "", number: int = 1) -> None:
    """Count one more ``kind`` of ``key`` today (in Paris). At most 40 and 120 characters."""
    _memory.add(_storable(kind)[:40], _storable(key)[:120], _today(), number)


def miss(text: str) -> None:
    """Count a search that found nothing, without what could name somebody.

    Words with a digit or an « @ » are left out, then signs; the rest is lower case, at
    most 60 characters.
    """
    words = [word for word in _storable(text).casefold().split() if not re.search(r"[\d@]", word)]
    kept = " ".join(_SIGNS.sub(" ", " ".join(words)).split())[:MISS_LENGTH].strip()
    if kept:
        _memory.add(_MISS, kept, _today(), 1)


def _today() -> date:
    """The date in Paris, worked out once a day: every page read asks for it."""
    global _day
    day, begins, ends = _day
    if not begins <= time.time() < ends:
        now = timezone.localtime()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        day = now.date()
        _day = (day, midnight.timestamp(), (midnight + timedelta(days=1)).timestamp())
    return day


def _storable(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def flush() -> bool:
    """Write what is counted, in one round trip. False when the database is away: all is kept."""
    memory = _memory
    with memory.writing:
        taken = memory.take()
        if not taken:
            return True
        try:
            _write(taken)
        except (OperationalError, InterfaceError):
            memory.put_back(taken)
            return False
        except DatabaseError:
            # Refused, not unreachable: kept, it would be refused for ever.
            logger.exception("counters refused by the database are dropped")
    return True


def _write(counts: Counter[_Key]) -> None:
    rows = sorted((*name, number) for name, number in counts.items() if name[0] != _MISS)
    misses = sorted((*name[1:], number) for name, number in counts.items() if name[0] == _MISS)
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [*_columns(rows, 4), *_columns(misses, 3)])


def _columns(rows: list[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [[row[place] for row in rows] for place in range(width)]


def _write_for_ever() -> None:
    memory = _memory
    while not memory.wake.wait(PERIOD_SECONDS):
        try:
            if not flush():
                logger.warning("counters not written, kept for the next time")
        except Exception:
            logger.exception("counters not written")
        finally:
            # A connection held for half a minute would only be in the way of a restart.
            connections.close_all()


@atexit.register
def _at_exit() -> None:
    with contextlib.suppress(Exception):
        if settings.COUNTERS_IN_BACKGROUND:
            flush()
