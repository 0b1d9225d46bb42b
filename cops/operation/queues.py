"""How long work has been waiting. None means: nothing waits, or it cannot be told."""

from __future__ import annotations

import time

from django.core.cache import cache
from kombu.exceptions import OperationalError

_WATCHED = "operation.watched"
_A_WEEK = 7 * 86_400
_started = time.time()


def note_watch(now: float) -> None:
    """The timer's message was carried out by a worker: the whole chain works."""
    cache.set(_WATCHED, now, _A_WEEK)


def since_last_watch() -> float:
    """Seconds since then; counted from our own start when nothing was ever noted."""
    return max(0.0, time.time() - float(cache.get(_WATCHED) or _started))


def messages_waiting() -> int | None:
    """Messages that no worker has taken yet; None when the broker is away."""
    from cops.background.celery import app  # needs the settings, unlike this module

    try:
        with app.connection_for_read() as link:
            link.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=2)
            return int(link.default_channel.client.llen(app.conf.task_default_queue))
    except (OperationalError, OSError):
        return None
