from __future__ import annotations

from celery import shared_task

from cops.background import dispatch
from cops.privacy.journal import journal_write
from cops.privacy.retaining import model_retain, retained_models


@shared_task(name="cops.privacy.retain", soft_time_limit=20, time_limit=30)
def retain() -> None:
    """One task per model: a faulty one holds back no other."""
    for model in retained_models():
        dispatch("cops.privacy.retain_one", model)


@shared_task(name="cops.privacy.retain_one", soft_time_limit=120, time_limit=150)
def retain_one(model: str) -> None:
    model_retain(model=model)


@shared_task(name="cops.privacy.write_journal", soft_time_limit=20, time_limit=30)
def write_journal() -> None:
    journal_write()
