"""The background work of the self-assessment: thin doors on its services."""

from __future__ import annotations

from celery import shared_task

from selfassess.services.reminders import reminders_send
from selfassess.services.sharing import shares_drop


@shared_task(name="selfassess.remind", soft_time_limit=100, time_limit=120)
def remind() -> None:
    """The mails of six months after, each morning."""
    reminders_send()


@shared_task(name="selfassess.drop_shares", soft_time_limit=100, time_limit=120)
def drop_shares() -> None:
    """What was shared leaves for the anonymous table, each night."""
    shares_drop()
