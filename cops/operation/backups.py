"""When the last backup was made, told by the folder that the backup service writes to."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings

PATTERN = "cops-*.tar.gpg"


def age_of_newest() -> float | None:
    """Seconds since the newest backup was finished; None when no folder is set.

    A folder without any backup counts from the day it was made; a missing one, from ever.
    """
    if not settings.BACKUP_FOLDER:
        return None
    folder = Path(settings.BACKUP_FOLDER)
    try:
        times = [path.stat().st_mtime for path in folder.glob(PATTERN)]
        newest = max(times, default=folder.stat().st_ctime)
    except OSError:
        return float("inf")
    return max(0.0, time.time() - newest)
