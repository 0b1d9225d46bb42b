"""What changes by the clock: each app says when its next planned change comes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

logger = logging.getLogger(__name__)

Clock = Callable[[datetime], datetime | None]

_clocks: dict[str, Clock] = {}
_works: dict[str, Callable[[], object]] = {}


def register_clock(name: str, next_change: Clock, do: Callable[[], object] | None = None) -> None:
    """``next_change(now)`` gives the first planned change after ``now``, or None.

    Called by each app's ``registrations.py``; it is asked once per
    ``raise_version``, so it may send one statement. ``do`` is what the change needs to have
    written (a correction takes the place of the text it corrects): the first reader who comes
    after the hour has it done, or the timer. It may run twice, and at once.
    """
    _clocks[name] = next_change
    if do is not None:
        _works[name] = do


def do_what_is_due() -> None:
    """Each work whose hour may have come; one that fails is told, and leaves the page as it was."""
    for name, do in _works.items():
        try:
            do()
        except Exception:
            logger.exception("what %s had planned could not be done", name)


def next_change(now: datetime) -> datetime | None:
    """The first planned change of all apps after ``now``."""
    times = [time for clock in _clocks.values() if (time := clock(now)) is not None]
    return min(times, default=None)
