"""Sending a task by its name, after the commit, without ever failing the request."""

from __future__ import annotations

import logging
import time

from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger("cops.background")

# Seconds without a new try once the broker was found away: a form must not wait for it.
PAUSE = 5.0
_away_until = 0.0

Primitive = str | int | float | bool | None


def dispatch(name: str, *args: Primitive) -> None:
    """Send the task `name` when the transaction commits, at once outside a transaction.

    When the broker is away nothing is raised and one line is logged: the row that asks
    for the work is in the database, and a sweeper will find it.
    """
    transaction.on_commit(lambda: _send(name, args))


def _send(name: str, args: tuple[Primitive, ...]) -> None:
    global _away_until
    if time.monotonic() < _away_until:
        logger.warning("%s is left to the sweeper: no broker", name)
        return
    from cops.background.celery import app  # needs the settings, unlike this module

    try:
        # One more try, at once: a pooled connection may be that of a broker since restarted.
        policy = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
        app.send_task(name, args=args, ignore_result=True, retry=True, retry_policy=policy)
    except (OperationalError, OSError) as error:
        _away_until = time.monotonic() + PAUSE
        logger.warning("%s is left to the sweeper: %s", name, type(error).__name__)
