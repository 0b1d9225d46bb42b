"""Each minute: what a lost message, a killed worker or an absent server left behind."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.cache import cache
from django.db.models import Min, Q, QuerySet
from django.utils import timezone

from cops.background import dispatch
from cops.mail import outbox
from cops.mail.enums import HELD, WAITING
from cops.mail.models import Message

logger = logging.getLogger("cops.mail")

LONGEST_WAIT = timedelta(minutes=10)
ALARM_EVERY = timedelta(hours=1)


def outbox_sweep() -> None:
    """Give back what dead workers held, call a worker when mails are due, ring when they wait."""
    prepared, uncertain = outbox.lapse()
    if prepared or uncertain:
        logger.warning("mails of a lost worker: %s back, %s uncertain", prepared, uncertain)
    if _due().exists():
        dispatch("cops.mail.send")
    _ring(oldest_wait())


def oldest_wait() -> timedelta:
    """How long the mail that should have left first has been waiting; zero when none is.

    Those put off after a temporary refusal wait from the end of that delay, and those
    that wait for a person are not counted.
    """
    now = timezone.now()
    waiting = Message.objects.filter(Q(state__in=WAITING) | Q(state__in=HELD), not_before__lte=now)
    oldest = waiting.aggregate(oldest=Min("not_before"))["oldest"]
    return now - oldest if oldest else timedelta()


def _due() -> QuerySet[Message]:
    return Message.objects.filter(state__in=WAITING, not_before__lte=timezone.now())


def _ring(wait: timedelta) -> None:
    # The cache is common to all workers: one line per hour, whoever sweeps.
    if wait > LONGEST_WAIT and cache.add("mail:alarm", 1, ALARM_EVERY.total_seconds()):
        minutes = int(wait.total_seconds() // 60)
        logger.error("the oldest mail has been waiting for %s minutes", minutes)
