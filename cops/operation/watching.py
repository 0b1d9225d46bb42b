"""Every minute: look for alarms, tell those that begin and end, ping while there is none."""

from __future__ import annotations

import logging
import time
import urllib.request

from django.conf import settings
from django.core.cache import cache

from cops.operation import alarms, queues

logger = logging.getLogger("cops.operation")

_ACTIVE = "operation.alarms"
_A_DAY = 86_400
PING_SECONDS = 5.0


def watch() -> list[str]:
    """One look; gives the keys of what is wrong. Safe to run twice."""
    queues.note_watch(time.time())
    now = {alarm.key: alarm for alarm in alarms.active()}
    before: list[str] = cache.get(_ACTIVE, [])
    for key in sorted(now.keys() - set(before)):
        # An error, so that error tracking has it too.
        logger.error("alarm begins: %s", key, extra={"alarm": key})
    for key in sorted(set(before) - now.keys()):
        logger.info("alarm ends: %s", key, extra={"alarm": key})
    cache.set(_ACTIVE, sorted(now), _A_DAY)
    if not now:
        ping()
    return sorted(now)


def ping() -> bool:
    """Tell the dead-man switch that all is well; True when it heard."""
    if not settings.HEARTBEAT_URL:
        return False
    request = urllib.request.Request(settings.HEARTBEAT_URL, method="POST")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PING_SECONDS):  # noqa: S310
            return True
    except (OSError, ValueError) as error:
        # The address is a secret: who holds it can keep the switch quiet.
        logger.warning("the heartbeat was not heard (%s)", type(error).__name__)
        return False
