"""What is left behind: files without a row, folders of killed workers, rows of long ago."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now

from cops.exports.enums import State
from cops.exports.models import Export
from cops.exports.running import FOLDER, work_folder
from cops.exports.services import export_expire, exports_call_workers, exports_expire_over

ROWS_KEPT = timedelta(days=30)


def exports_sweep() -> None:
    """Every minute: files whose time has passed, exports that nobody makes."""
    exports_expire_over()
    exports_call_workers()


def exports_erase_old(limit: int) -> int:
    """Erase rows that expired thirty days ago, ``limit`` at most. Gives how many."""
    old = Export.objects.filter(state=State.EXPIRED, expires_at__lt=Now() - ROWS_KEPT)
    keys = list(old.order_by("pk").values_list("pk", flat=True)[:limit])
    Export.objects.filter(pk__in=keys).delete()
    return len(keys)


def exports_erase(user: Any) -> int:
    """Erase the documents of a person who leaves, files included. Gives how many."""
    rows = Export.objects.filter(owner_id=user.pk)
    files = [name for name in rows.values_list("file", flat=True) if name]
    erased, _ = rows.delete()
    # A worker that is making one of them finds its row gone, and takes its own file away.
    transaction.on_commit(lambda: _remove(files))
    return erased


def _remove(files: list[str]) -> None:
    for name in files:
        default_storage.delete(name)


def exports_clear_leftovers() -> int:
    """Remove files and work folders that no row knows. Gives how many."""
    cleared = 0
    making = {
        f"{public_id}-{attempts}"
        for public_id, attempts in Export.objects.filter(state=State.MAKING).values_list(
            "public_id", "attempts"
        )
    }
    if work_folder().is_dir():
        for folder in work_folder().iterdir():
            if folder.name not in making:
                shutil.rmtree(folder, ignore_errors=True)
                cleared += 1
    cleared += _clear_files()
    return cleared


def exports_expire_missing() -> int:
    """Expire those whose file is not there: a restored backup holds none. Gives how many."""
    gone = [
        export
        for export in Export.objects.filter(state=State.READY).order_by("pk")
        if not default_storage.exists(export.file)
    ]
    for export in gone:
        export_expire(export=export)
    return len(gone)


def _clear_files() -> int:
    try:
        _, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    # Listed before the rows are read: a file kept in between has its row by then, or an
    # attempt of its own is under way.
    known = set(Export.objects.exclude(file="").values_list("file", flat=True))
    busy = {e.public_id for e in Export.objects.filter(state=State.MAKING).only("public_id")}
    orphans = [
        name
        for name in names
        if f"{FOLDER}/{name}" not in known and name.rpartition("/")[2].partition("-")[0] not in busy
    ]
    for name in orphans:
        default_storage.delete(f"{FOLDER}/{name}")
    return len(orphans)
