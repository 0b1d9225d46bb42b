from __future__ import annotations

from celery import shared_task

from cops.background.dispatching import dispatch
from cops.background.registry import sweepers
from cops.background.sweeping import sweeper_run


@shared_task(name="cops.background.sweep", soft_time_limit=20, time_limit=30)
def sweep_all() -> None:
    """One task per sweeper: a slow or faulty one holds back no other."""
    for name in sorted(sweepers()):
        dispatch("cops.background.sweep_one", name)


@shared_task(name="cops.background.sweep_one", soft_time_limit=120, time_limit=150)
def sweep_one(name: str) -> None:
    sweeper_run(name)
