"""Counts kept in the memory of the process, written every 30 seconds and at exit."""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import re
import threading
from collections import Counter
from datetime import date

from django.db import DatabaseError, InterfaceError, connection, connections, transaction
from django.utils import timezone

logger = logging.getLogger("cops.counters")

PERIOD_SECONDS = 30.0
# Distinct counters kept while the database is away; beyond, new ones are dropped.
MAX_KEPT = 20_000
MISS_LENGTH = 60

_MISS = "search.miss"
_WRITE_COUNTS = """
    INSERT INTO counters_dailycount AS c (kind, key, day, count)
    SELECT * FROM unnest(%s::text[], %s::text[], %s::date[], %s::bigint[])
    ON CONFLICT (kind, key, day) DO UPDATE SET count = c.count + excluded.count
"""
_WRITE_MISSES = """
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
            if self.writer is None:
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


def _after_fork() -> None:
    global _memory
    _memory = _Memory()


os.register_at_fork(after_in_child=_after_fork)


def add(kind: str, key: str = "", number: int = 1) -> None:
    """Count one more ``kind`` of ``key`` today (in Paris). At most 40 and 120 characters."""
    _memory.add(_storable(kind)[:40], _storable(key)[:120], timezone.localdate(), number)


def miss(text: str) -> None:
    """Count a search that found nothing, without what could name somebody.

    A text with a digit or an « @ » loses the words that hold them; the rest is lower
    case, at most 60 characters.
    """
    words = [word for word in _storable(text).casefold().split() if not re.search(r"[\d@]", word)]
    kept = " ".join(words)[:MISS_LENGTH].strip()
    if kept:
        _memory.add(_MISS, kept, timezone.localdate(), 1)


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
        except (DatabaseError, InterfaceError):
            memory.put_back(taken)
            return False
    return True


def _write(counts: Counter[_Key]) -> None:
    rows = [(*name, number) for name, number in sorted(counts.items()) if name[0] != _MISS]
    misses = [(*name[1:], number) for name, number in sorted(counts.items()) if name[0] == _MISS]
    with transaction.atomic(), connection.cursor() as cursor:
        if rows:
            cursor.execute(_WRITE_COUNTS, [list(column) for column in zip(*rows, strict=True)])
        if misses:
            cursor.execute(_WRITE_MISSES, [list(column) for column in zip(*misses, strict=True)])


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
        flush()
