"""The pages kept in this process: least recently used go first, never above the limit."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cops.pagecache.version import Version

Key = tuple[str, str, str, str]
Headers = dict[str, tuple[str, str]]

# Once a planned change has passed, until somebody raises the version, nobody knows
# the one after: a page then lives this long.
SECONDS_PAST_A_CHANGE = 60.0
# A net under everything: no fault of ours can keep a page for longer.
SECONDS_AT_MOST = 600.0
_OVERHEAD = 2_000


@dataclass(slots=True)
class Entry:
    """One page as it was sent: compressed, and plain once somebody asked for it so."""

    token: int
    made_at: float
    ends_at: float
    headers: Headers
    etag: str
    packed: bytes
    plain: bytes | None
    route: str
    count: Callable[..., None] | None = None
    arguments: tuple[tuple[Any, ...], dict[str, Any]] = field(default=((), {}))
    # The body is this file; ``packed`` and ``plain`` are then unused.
    file: str = ""

    def is_fresh(self, version: Version, now: float) -> bool:
        if self.token != version.token or now >= self.ends_at:
            return False
        if version.changes_at is None or now < version.changes_at:
            return True
        return self.made_at >= version.changes_at and now - self.made_at < SECONDS_PAST_A_CHANGE

    def unpack(self) -> None:
        self.plain = gzip.decompress(self.packed)

    @property
    def weight(self) -> int:
        return len(self.packed) + len(self.plain or b"") + _OVERHEAD


class PageStore:
    """Entries by key under one lock; the lock never covers more than a few dict moves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: OrderedDict[Key, tuple[Entry, int]] = OrderedDict()
        self.weight = 0
        # For the operator's figures; two threads may lose one between them, which is no matter.
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key) -> Entry | None:
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            self._entries.move_to_end(key)
            return found[0]

    def put(self, key: Key, entry: Entry, *, limit: int) -> None:
        """Keeps ``entry`` and drops the oldest until all weigh at most ``limit`` bytes."""
        weight = entry.weight
        with self._lock:
            self._forget(key)
            if weight > limit:
                return
            self._entries[key] = (entry, weight)
            self.weight += weight
            while self.weight > limit:
                self._forget(next(iter(self._entries)))

    def forget(self, key: Key) -> None:
        with self._lock:
            self._forget(key)

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.weight = 0

    def _forget(self, key: Key) -> None:
        found = self._entries.pop(key, None)
        if found is not None:
            self.weight -= found[1]


pages = PageStore()


def clear() -> None:
    """Forgets every page of this process: for tests and measures."""
    pages.clear()
