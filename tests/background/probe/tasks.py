import os
import time

from celery import shared_task
from django.conf import settings

from tests.background.probe.apps import note


@shared_task(name="probe.note")
def write(line: str) -> None:
    note(settings.PROBE_FOLDER, line)


@shared_task(name="probe.long")
def long() -> None:
    """The first run lasts until it is killed, the next ends at once."""
    note(settings.PROBE_FOLDER, f"begun {os.getpid()}")
    if len((settings.PROBE_FOLDER / "notes.txt").read_text().splitlines()) == 1:
        time.sleep(60)
    note(settings.PROBE_FOLDER, "done")
