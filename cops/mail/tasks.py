from __future__ import annotations

from celery import shared_task

from cops.mail.sending import outbox_send


@shared_task(name="cops.mail.send", soft_time_limit=100, time_limit=120)
def send(rank: int = 0) -> None:
    outbox_send(rank=rank)
