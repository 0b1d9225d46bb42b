"""What changes by the clock: each app says when its next planned change comes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[datetime], datetime | None]

_clocks: dict[str, Clock] = {}


def register_clock(name: str, next_change: Clock) -> None:
    """``next_change(now)`` gives the first planned change after ``now``, or None.

    Called by each app's ``registrations.py``; it is asked once per
    ``raise_version``, so it may send one statement.
    """
    _clocks[name] = next_change


def next_change(now: datetime) -> datetime | None:
    """The first planned change of all apps after ``now``."""
    times = [time for clock in _clocks.values() if (time := clock(now)) is not None]
    return min(times, default=None)
