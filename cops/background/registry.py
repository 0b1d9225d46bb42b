"""What the apps ask of the timer: tasks at their time, and sweepers every minute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from celery.schedules import crontab

Sweeper = Callable[[], object]
LONGEST_WAIT = 12 * 3600  # seconds after which a message of the timer is worth nothing

_sweepers: dict[str, Sweeper] = {}
_timed: dict[str, float | crontab] = {}


def sweep(name: str, function: Sweeper) -> None:
    """Run `function()` every minute, never twice at once; it must be safe to run again."""
    if name in _sweepers and _sweepers[name] is not function:
        raise ValueError(f"two sweepers are named {name}")
    _sweepers[name] = function


def every(name: str, when: float | crontab) -> None:
    """Send the task of that name every `when` seconds, or as a crontab says (Paris time)."""
    if _timed.setdefault(name, when) != when:
        raise ValueError(f"{name} is on the timer already, at another time")


def sweepers() -> dict[str, Sweeper]:
    return _sweepers


def beat_schedule() -> dict[str, dict[str, Any]]:
    """The timer's table, as Celery reads it."""
    return {
        name: {
            "task": name,
            "schedule": when,
            # A worker that was away for an hour must not find sixty sweeps waiting.
            "options": {"expires": min(when, LONGEST_WAIT) if _is_number(when) else LONGEST_WAIT},
        }
        for name, when in sorted(_timed.items())
    }


def _is_number(when: object) -> bool:
    return isinstance(when, (int, float))
