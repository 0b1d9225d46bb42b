"""An office document is a ZIP of known parts: looked into, and kept as it is."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from typing import IO

from cops.uploads.refusing import UploadRefusedError

MAX_PARTS = 5_000
MAX_UNPACKED = 200_000_000  # bytes, all parts together
MAX_RATIO = 200  # of a part over a megabyte: text packs ten to one, a bomb a thousand to one
_READ = 2_000_000  # bytes of a part that we read ourselves

_OPEN_XML = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
    b"presentationml.presentation.main+xml": "pptx",
}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    **{extension: media.decode() for media, extension in _OPEN_DOCUMENT.items()},
}
# Programs and objects of other programs: macros, ActiveX, OLE, scripts of LibreOffice.
_RUNS = re.compile(
    r"(?i)(?:vbaproject|vbadata|/activex/|/embeddings/.*\.bin$|^basic/|^scripts/|/macrosheets/"
    r"|\.(?:exe|dll|js|vbs|bat|cmd|ps1|jar|class|hta)$)"
)
_PARTS = rb"(?:attachedTemplate|oleObject|frame|subDocument)"
_OUTSIDE = re.compile(
    rb"(?i)/" + _PARTS + rb"\"[^>]*\"External\"|\"External\"[^>]*/" + _PARTS + rb"\""
)
_DAMAGED = "Ce document est abîmé ou incomplet. Enregistrez-le de nouveau."
_MACROS = "Ce document contient des macros ou un programme. Enregistrez-le sans eux, ou en PDF."


def office_check(file: IO[bytes]) -> str:
    """« docx », « ods »…; raises UploadRefusedError for anything else."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _refuse_bombs(parts)
            names = [part.filename for part in parts]
            found = _open_document(archive, names) or _open_xml(archive, names)
            if any(_RUNS.search(name) for name in names):
                raise UploadRefusedError(_MACROS)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError) as error:
        raise UploadRefusedError(_DAMAGED) from error
    if not found:
        raise UploadRefusedError(
            "C’est une archive ZIP, ou un document d’une autre sorte. Envoyez les fichiers un"
            " par un."
        )
    return found


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise UploadRefusedError("Ce document est trop gros une fois ouvert.")
    for part in parts:
        if part.file_size > 1_000_000 and part.file_size > MAX_RATIO * max(1, part.compress_size):
            raise UploadRefusedError("Ce document est trop gros une fois ouvert.")
        if part.flag_bits & 1:
            raise UploadRefusedError(
                "Ce document est protégé par un mot de passe. Enregistrez-le sans protection."
            )
        path = part.filename.replace("\\", "/")
        if (
            path.startswith("/")
            or ".." in path.split("/")
            or stat.S_ISLNK(part.external_attr >> 16)
        ):
            raise UploadRefusedError(_DAMAGED)


def _open_document(archive: zipfile.ZipFile, names: list[str]) -> str:
    if "mimetype" not in names or "content.xml" not in names:
        return ""
    found = _OPEN_DOCUMENT.get(_read(archive, "mimetype").strip(), "")
    if found and b"script:event-listener" in _read(archive, "content.xml"):
        raise UploadRefusedError(_MACROS)
    return found


def _open_xml(archive: zipfile.ZipFile, names: list[str]) -> str:
    if "[Content_Types].xml" not in names:
        return ""
    types = _read(archive, "[Content_Types].xml")
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise UploadRefusedError(_MACROS)
    for name in names:
        # A template or an object fetched from elsewhere each time the document is opened.
        if name.endswith(".rels") and _OUTSIDE.search(_read(archive, name)):
            raise UploadRefusedError(
                "Ce document va chercher une partie de lui ailleurs (modèle ou objet lié)."
                " Rompez les liaisons, ou enregistrez-le en PDF."
            )
    return next((kind for mark, kind in _OPEN_XML.items() if mark in types), "")


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of a part, whatever size it says it has."""
    with archive.open(name) as part:
        return part.read(_READ)
