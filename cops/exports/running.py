"""Making one export, whatever happens meanwhile."""

from __future__ import annotations

import contextlib
import errno
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePath

from billiard.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from cops.exports.enums import Reason
from cops.exports.kinds import ExportFault, Kind, Made, known_kind
from cops.exports.models import Export
from cops.exports.pulse import Lost, Pulse
from cops.exports.services import export_fail, export_finish, export_take

FOLDER = "exports"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

logger = logging.getLogger("cops.exports")


class _Movable(File):
    """A file that a storage on this disk moves instead of copying."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.open("rb"), name=path.name)
        self._path = path

    def temporary_file_path(self) -> str:
        return str(self._path)


def work_folder() -> Path:
    """Where the files are written before they are whole."""
    return Path(settings.MEDIA_ROOT) / FOLDER / ".making"


def export_run(pk: int) -> None:
    """Make the export if nobody else does. Never raises for a reason of the document itself."""
    export = export_take(pk=pk)
    if export is None:
        return
    kind = known_kind(export.kind)
    if kind is None:
        export_fail(export=export, reason=Reason.FAULT)
        logger.error("an export has no maker", extra={"export": pk, "kind": export.kind})
        return
    try:
        _make(export, kind)
    except Lost:
        logger.warning("an export went on elsewhere", extra={"export": pk})
    except ExportFault as fault:
        export_fail(export=export, reason=Reason.TOLD, words=str(fault))
    except SoftTimeLimitExceeded:
        export_fail(export=export, reason=Reason.LONG)
        logger.error("an export took too long", extra={"export": pk, "kind": export.kind})
    except Exception as error:
        reason = Reason.DISK if _no_room(error) else Reason.FAULT
        export_fail(export=export, reason=reason)
        logger.exception("an export failed", extra={"export": pk, "kind": export.kind})


def _make(export: Export, kind: Kind) -> None:
    with _place(export) as target, Pulse(export) as pulse:
        export.target = target
        made = kind.make(export, pulse.write)
        size = target.stat().st_size
        name = _keep(export, made)
        if not export_finish(export=export, file=name, filename=made.filename, size=size):
            default_storage.delete(name)
            raise Lost


@contextlib.contextmanager
def _place(export: Export) -> Iterator[Path]:
    """A folder for this attempt alone, gone at its end with whatever is left in it."""
    folder = work_folder() / f"{export.public_id}-{export.attempts}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder / "document"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _keep(export: Export, made: Made) -> str:
    """Put the whole file into the storage; a partial one is taken away again."""
    wanted = f"{FOLDER}/{export.public_id}-{export.attempts}{PurePath(made.filename).suffix}"
    # A copy that an earlier attempt left under that name is not ours to keep.
    default_storage.delete(wanted)
    try:
        with _Movable(export.target) as file:
            return default_storage.save(wanted, file)
    except BaseException:
        with contextlib.suppress(Exception):
            default_storage.delete(wanted)
        raise


def _no_room(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, OSError) and error.errno in NO_ROOM:
            return True
        error = error.__cause__ or error.__context__
    return False
