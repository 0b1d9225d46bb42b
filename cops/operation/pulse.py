"""Signs of life of the worker and of the timer: the date of a file, for their health check.

The probe of the containers imports this too, every few seconds: Celery is only loaded
where it runs.
"""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Any

LONGEST_SILENCE = 150.0  # seconds; the timer speaks once a minute, the worker every two seconds


def pulse_file(part: str) -> Path:
    """Where ``worker`` or ``timer`` leaves its sign, in this container or on this machine."""
    return Path(tempfile.gettempdir()) / f"cops-{part}.pulse"


def start() -> None:
    """Listen to Celery: the heart of a worker, and each message that the timer sends."""
    from celery import signals

    signals.heartbeat_sent.connect(_worker_lives)
    signals.beat_init.connect(_timer_begins)


def _worker_lives(**kwargs: Any) -> None:
    _touch("worker")


def _timer_begins(**kwargs: Any) -> None:
    from celery import signals

    _touch("timer")
    # Only in the timer's own process: web servers publish too.
    signals.after_task_publish.connect(_timer_sent)


def _timer_sent(**kwargs: Any) -> None:
    _touch("timer")


def _touch(part: str) -> None:
    with contextlib.suppress(OSError):
        pulse_file(part).touch()
