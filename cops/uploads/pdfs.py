"""A PDF is written again without what it could run, send or carry."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from cops.uploads.refusing import UploadRefusedError

MAX_PAGES = 1_000
# Actions that only move the reader, or open an address he sees; every other one is taken out.
HARMLESS = {Name.GoTo, Name.URI, Name.Named, Name.SetOCGState, Name.Thread}
_ACTIONS = ("/A", "/OpenAction", "/PA", "/Next")
# Scripts, files and forms that another program fills, wherever they hang.
_TAKEN_OUT = (
    "/AA",
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/AF",
    "/EF",
    "/XFA",
    "/RichMediaContent",
)
# Notes that hold a file, a film, a scene or a screen to run.
_NOTES = {Name.FileAttachment, Name.RichMedia, Name.Movie, Name.Sound, Name.Screen, Name("/3D")}
_DEEP = 60


def pdf_rewrite(file: BinaryIO) -> tuple[bytes, int]:
    """The document written again, and its number of pages. Raises UploadRefusedError."""
    try:
        with pikepdf.open(file, access_mode=pikepdf.AccessMode.stream) as pdf:
            pages = len(pdf.pages)
            if not 0 < pages <= MAX_PAGES:
                raise UploadRefusedError(f"Ce PDF a {pages} pages : de 1 à {MAX_PAGES}.")
            for page in pdf.pages:
                _without_notes(page)
            for found in pdf.objects:
                for inside in _walk(found, 0):
                    _strip(inside)
            out = BytesIO()
            pdf.save(out, deterministic_id=True)
    except pikepdf.PasswordError:
        raise UploadRefusedError(
            "Ce PDF est protégé par un mot de passe. Enregistrez-le sans protection."
        ) from None
    except (pikepdf.PdfError, ValueError, RecursionError) as error:
        if isinstance(error, UploadRefusedError):
            raise
        raise UploadRefusedError(
            "Ce PDF est abîmé ou incomplet. Enregistrez-le de nouveau."
        ) from None
    return out.getvalue(), pages


def _walk(found: Any, depth: int) -> Iterator[Any]:
    """The dictionary itself and those written inside it; what it points to comes by itself."""
    if depth > _DEEP:
        raise UploadRefusedError("Ce PDF est trop compliqué. Enregistrez-le de nouveau.")
    if isinstance(found, (Dictionary, Stream)):
        yield found
        values = [found.get(key) for key in found.keys()]  # noqa: SIM118  (not a dict)
    elif isinstance(found, Array):
        values = list(found)  # type: ignore[call-overload]
    else:
        return
    for value in values:
        if isinstance(value, (Dictionary, Array)) and not value.is_indirect:
            yield from _walk(value, depth + 1)


def _strip(found: Any) -> None:
    for key in _TAKEN_OUT:
        if key in found:
            del found[key]
    for key in _ACTIONS:
        if key in found and not _is_harmless(found[key]):
            del found[key]
    # An action reached from elsewhere (a list of next ones): it does nothing any more.
    if _is_action(found) and not _is_harmless(found):
        for key in list(found.keys()):
            del found[key]


def _is_action(found: Any) -> bool:
    typed = found.get("/Type")
    if typed is not None:
        return bool(typed == Name.Action)
    return str(found.get("/S")) in _RUN


_RUN = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition",
    "/Movie", "/Sound", "/RichMediaExecute", "/GoTo3DView", "/ResetForm", "/Hide", "/Trans",
}  # fmt: skip


def _is_harmless(value: Any) -> bool:
    """Anything but an action that runs or sends: a destination, the attributes of a tag, a link.

    ``/A`` holds an action on a note, and attributes (of a table, of a list) on a tag.
    """
    if not isinstance(value, Dictionary):
        return True
    if "/S" not in value:
        return len(value.keys()) > 0  # an empty one was an action, taken out before
    if value["/S"] not in HARMLESS:
        return False
    address = value.get("/URI")
    return address is None or str(address).lower().startswith(("http://", "https://", "mailto:"))


def _without_notes(page: pikepdf.Page) -> None:
    notes = page.obj.get("/Annots")
    if isinstance(notes, Array):
        kept = [note for note in notes if _keeps(note)]  # type: ignore[attr-defined]
        if len(kept) != len(notes):
            page.obj["/Annots"] = Array(kept)


def _keeps(note: Any) -> bool:
    return isinstance(note, Dictionary) and note.get("/Subtype") not in _NOTES
