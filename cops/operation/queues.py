"""How long work has been waiting."""

from __future__ import annotations

import time

from django.core.cache import cache
from django.db.models import Min
from django.utils import timezone
from kombu.exceptions import OperationalError

from cops.exports.models import Export
from cops.mail.sweeping import oldest_wait

_WATCHED = "operation.watched"
_A_WEEK = 7 * 86_400
_started = time.time()


def note_watch(now: float) -> None:
    """The timer's message was carried out by a worker: the whole chain works."""
    cache.set(_WATCHED, now, _A_WEEK)


def since_last_watch() -> float:
    """Seconds since then; counted from our own start when nothing was ever noted."""
    return max(0.0, time.time() - float(cache.get(_WATCHED) or _started))


def oldest_mail() -> float:
    """Seconds since the mail that should have left first was due; those put off do not count."""
    return oldest_wait().total_seconds()


def oldest_export() -> float:
    """Seconds since the oldest document that nobody is making was asked for."""
    asked = Export.objects.takeable().aggregate(oldest=Min("created_at"))["oldest"]
    return (timezone.now() - asked).total_seconds() if asked else 0.0


def messages_waiting() -> int | None:
    """Messages that no worker has taken yet; None when the broker is away."""
    from cops.background.celery import app  # needs the settings, unlike this module

    try:
        with app.connection_for_read() as link:
            link.ensure_connection(max_retries=1, interval_start=0, interval_step=0, timeout=2)
            client = link.default_channel.client
            return sum(int(client.llen(queue.name)) for queue in app.conf.task_queues)
    except (OperationalError, OSError):
        return None
