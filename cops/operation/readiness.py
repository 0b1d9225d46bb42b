"""Can this process serve: the parts that `/readyz` names."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor

FREE_BYTES = 200_000_000
# Probes ask every few seconds, and reading every migration takes a tenth of a second: a good
# answer holds for this long. A bad one is looked at again each time.
MIGRATIONS_KNOWN = 30.0  # seconds
_known_until = 0.0


def parts() -> dict[str, bool]:
    """True for each part that is well."""
    database = _database()
    return {
        "database": database,
        "migrations": database and _migrations(),
        "disk": free_bytes() > FREE_BYTES,
    }


def free_bytes() -> int:
    """What is left where files are written; 0 when it cannot be told."""
    try:
        places = (_existing(Path(place)) for place in (settings.VAR, settings.MEDIA_ROOT))
        return min(shutil.disk_usage(place).free for place in places)
    except OSError:
        return 0


def _existing(place: Path) -> Path:
    """The folder itself, else where it would be made."""
    return next((up for up in (place, *place.parents) if up.exists()), place)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        return False
    return True


def _migrations() -> bool:
    global _known_until
    if time.monotonic() < _known_until:
        return True
    try:
        executor = MigrationExecutor(connection)
        good = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return False
    if good:
        _known_until = time.monotonic() + MIGRATIONS_KNOWN
    return good
