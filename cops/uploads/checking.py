"""One door for every file: how long, what it is, what its name says, what is left of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import IO

from django.core.files.base import File

from cops.uploads.names import clean_name, extension_of
from cops.uploads.office import MEDIA_TYPES, office_check
from cops.uploads.refusing import LIMIT_WORDS, MAX_BYTES, REASONS, TAKEN, UploadRefusedError
from cops.uploads.sniffing import EXTENSIONS, HEAD, sort_of

_PICTURES = {"jpeg", "png", "gif", "webp"}
_SAID = {
    "image": "une image",
    "pdf": "un PDF",
    "docx": "un document DOCX",
    "xlsx": "un classeur XLSX",
    "pptx": "une présentation PPTX",
    "odt": "un document ODT",
    "ods": "un classeur ODS",
    "odp": "une présentation ODP",
}


class Kind(Enum):
    PICTURE = "picture"
    PDF = "pdf"
    OFFICE = "office"


@dataclass(frozen=True)
class Checked:
    """What is kept of a file. ``files``: bytes by suffix, the main one first."""

    kind: Kind
    name: str
    extension: str
    media_type: str
    files: Mapping[str, bytes]
    pages: int | None = None
    width: int | None = None
    height: int | None = None

    @property
    def size(self) -> int:
        return len(next(iter(self.files.values())))


def check(upload: File) -> Checked:
    """Look at a file that somebody sent; raises UploadRefusedError with a reason in French."""
    size = upload.size or 0
    if not size:
        raise UploadRefusedError("Ce fichier est vide.")
    if size > MAX_BYTES:
        raise UploadRefusedError(
            f"Ce fichier pèse {size / 1_000_000:.0f} Mo : {LIMIT_WORDS}. Allégez-le, ou mettez-le"
            " en ligne ailleurs et donnez-en l’adresse."
        )
    upload.seek(0)
    sort = sort_of(upload.read(HEAD))
    upload.seek(0)
    raw = upload.name or ""
    if sort in REASONS:
        raise UploadRefusedError(REASONS[sort])
    if sort in _PICTURES:
        _refuse_lie(raw, "image")
        return _picture(upload, raw)
    if sort == "pdf":
        from cops.uploads.pdfs import pdf_rewrite  # heavy, and only the team sends files

        _refuse_lie(raw, "pdf")
        content, pages = pdf_rewrite(upload)  # type: ignore[arg-type]
        name = clean_name(raw, "pdf")
        return Checked(Kind.PDF, name, "pdf", "application/pdf", {"": content}, pages=pages)
    if sort == "zip":
        return _office(upload, raw)
    raise UploadRefusedError(f"On ne reconnaît pas ce fichier. {TAKEN}")


def _picture(upload: IO[bytes] | File, raw: str) -> Checked:
    from cops.uploads.pictures import picture_rewrite  # heavy, as above

    made = picture_rewrite(upload)  # type: ignore[arg-type]
    width, height, _ = made.sizes[0]
    return Checked(
        Kind.PICTURE,
        clean_name(raw, made.extension),
        made.extension,
        {"jpg": "image/jpeg", "png": "image/png"}[made.extension],
        {f"{wide}x{high}": content for wide, high, content in made.sizes},
        width=width,
        height=height,
    )


def _office(upload: File, raw: str) -> Checked:
    extension = office_check(upload)  # type: ignore[arg-type]
    _refuse_lie(raw, extension)
    upload.seek(0)
    return Checked(
        Kind.OFFICE,
        clean_name(raw, extension),
        extension,
        MEDIA_TYPES[extension],
        {"": upload.read()},
    )


def _refuse_lie(raw: str, found: str) -> None:
    """A name that says one thing and a content that is another: somebody is being misled."""
    extension = extension_of(raw)
    if extension and EXTENSIONS.get(extension) != found:
        raise UploadRefusedError(
            f"Ce fichier s’appelle « .{extension} », mais c’est {_SAID[found]}."
            " Vérifiez que c’est le bon, puis enregistrez-le sous son vrai format."
        )
