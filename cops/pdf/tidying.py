"""Kept PDFs that no longer serve are removed. Each could be made again, byte for byte.

A file goes when it is nobody's present document and nobody asked for it in a month. One that is
being sent stays whole until its end: Unix keeps the bytes of a removed file that is open.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Collection
from pathlib import Path

from cops.pdf.files import folder

UNASKED_SECONDS = 30 * 86_400
# What a process killed while writing, or while removing, left behind.
UNFINISHED_SECONDS = 86_400

log = logging.getLogger(__name__)


def unused_remove(present: Collection[str]) -> int:
    """Remove what nobody wants; ``present`` are the hashes of documents on view. Gives how many."""
    place = folder()
    removed = 0
    with contextlib.suppress(FileNotFoundError), os.scandir(place) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                limit = UNFINISHED_SECONDS
            elif not name.endswith(".pdf") or name[:-4] in present:
                continue
            else:
                limit = UNASKED_SECONDS
            removed += _removed(place / name, limit)
    log.info("kept PDFs removed: %d", removed)
    return removed


def _removed(path: Path, seconds: int) -> bool:
    """Whether the file was older than that, and is gone.

    It steps aside first, then is looked at again: asked for in between, it comes back.
    """
    with contextlib.suppress(FileNotFoundError):
        if time.time() - path.stat().st_mtime < seconds:
            return False
        aside = path.with_name(f".going-{path.name.lstrip('.')}")
        os.rename(path, aside)
        if time.time() - aside.stat().st_mtime < seconds:
            os.rename(aside, path)
            return False
        aside.unlink()
        return True
    return False
