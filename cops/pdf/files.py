"""PDFs kept by content: ``MEDIA_ROOT/pdf/<sha256>.pdf``.

The name is the hash of all that makes the bytes: the HTML, our style sheets and
fonts, the version of the engine. A file that exists is therefore right; nothing
is ever invalidated, and removing the folder loses nothing. What no longer serves is
removed at night (cops.pdf.tidying).
"""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import re
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection

WAIT_SECONDS = 5.0
POLL_SECONDS = 0.05
# How precisely a file remembers when it was last asked for.
ASKED_SECONDS = 86_400.0
# Raised when cops.pdf itself changes what it makes of the same HTML.
PASS_VERSION = 2

log = logging.getLogger(__name__)
_STATIC_NAME = re.compile(r"static:([\w./-]+)")


class PdfBusy(Exception):
    """The document cannot be given now; asked again in a few seconds, it can.

    Someone else is making it, or it could not be written. A view answers 503 with
    ``Retry-After: retry_after``.
    """

    retry_after = 5


@dataclass(frozen=True)
class PdfFile:
    """A PDF on disk. ``size`` is in bytes."""

    path: Path
    sha256: str
    size: int

    def open(self) -> BinaryIO:
        """The bytes, to be sent. Raises PdfBusy when the file has just gone (cops.pdf.tidying)."""
        try:
            return self.path.open("rb")
        except FileNotFoundError as error:
            raise PdfBusy from error

    @functools.cached_property
    def pages(self) -> int:
        """How many pages; read from the file at the first call."""
        import pikepdf

        with pikepdf.open(self.path) as pdf:
            return len(pdf.pages)


def folder() -> Path:
    """Where the files are."""
    return Path(settings.MEDIA_ROOT) / "pdf"


@functools.cache
def _engine() -> str:
    return f"{PASS_VERSION} {version('weasyprint')} {version('pydyf')}"


@functools.lru_cache(maxsize=64)
def _sheet_hash(path: Path, changed: int, size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sources(html: str) -> dict[str, str]:
    """Name and hash of every static file that the document reads, directly or through a sheet."""
    from cops.pdf.sources import Refused, static_path

    found: dict[str, str] = {}
    waiting = set(_STATIC_NAME.findall(html))
    while waiting:
        name = waiting.pop()
        try:
            path = static_path(name)
        except Refused:
            continue
        state = path.stat()
        found[name] = _sheet_hash(path, state.st_mtime_ns, state.st_size)
        if path.suffix == ".css":
            waiting |= set(_STATIC_NAME.findall(path.read_text(encoding="utf-8"))) - set(found)
    return found


def content_hash(html: str) -> str:
    """The name of the document that this HTML gives, in 64 hexadecimal digits."""
    parts = [_engine(), html, *(f"{n} {h}" for n, h in sorted(_sources(html).items()))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def existing(sha256: str) -> PdfFile | None:
    """The kept file of that name, if there is one; it is then known to serve (cops.pdf.tidying)."""
    path = folder() / f"{sha256}.pdf"
    try:
        state = path.stat()
        if time.time() - state.st_mtime > ASKED_SECONDS:
            os.utime(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return PdfFile(path, sha256, state.st_size)


def kept(html: str) -> PdfFile:
    """The PDF of a page of HTML, made once and kept.

    Of several who ask for a missing one at the same time, in any process, one makes
    it and the others wait for five seconds at most. Raises PdfBusy.
    """
    sha256 = content_hash(html)
    return existing(sha256) or _made_once(sha256, html)


def _made_once(sha256: str, html: str) -> PdfFile:
    # A lock of the session, not of the transaction: making a document may outlast the
    # time a transaction may sit idle. Polled, so that a waiter leaves with a clear answer.
    key = int.from_bytes(bytes.fromhex(sha256[:16]), signed=True)
    until = time.monotonic() + WAIT_SECONDS
    while not _lock(key):
        if time.monotonic() >= until:
            raise PdfBusy
        time.sleep(POLL_SECONDS)
        if file := existing(sha256):
            return file
    try:
        return existing(sha256) or _write(sha256, html)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _lock(key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        return cursor.fetchone()[0]


def _write(sha256: str, html: str) -> PdfFile:
    """Make the document and put it in place in one step: never a partial file under its name."""
    from cops.pdf.engine import make  # WeasyPrint takes a second and a half to import

    content = make(html)
    try:
        folder().mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder(), prefix=".making-", suffix=".pdf")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, 0o644)
            os.replace(name, folder() / f"{sha256}.pdf")
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        log.error("a PDF could not be kept", extra={"sha256": sha256, "reason": error.strerror})
        raise PdfBusy from error
    return PdfFile(folder() / f"{sha256}.pdf", sha256, len(content))
