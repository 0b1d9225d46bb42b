from __future__ import annotations

from celery import shared_task

from cops.links.gathering import links_gather


@shared_task(name="cops.links.gather", soft_time_limit=120, time_limit=150)
def gather() -> None:
    """The addresses of today; the sweeper checks those that are due."""
    links_gather()
