from __future__ import annotations

from celery import shared_task

from cops.operation.watching import watch as look


@shared_task(name="cops.operation.watch", soft_time_limit=30, time_limit=40)
def watch() -> None:
    look()
