"""The reasons why a file is not taken."""

from __future__ import annotations

from django.core.exceptions import ValidationError

# Under what one request may hold (UPLOAD_MAX_BYTES): beyond that, nothing is read at all.
MAX_BYTES = 20_000_000
LIMIT_WORDS = "20 Mo au plus"
TAKEN = (
    "Sont acceptés : images JPEG, PNG, WebP ou GIF, PDF, documents DOCX, XLSX, PPTX, ODT, ODS, ODP."
)


class UploadRefusedError(ValidationError):
    """A file that is not taken, and what to do about it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, code="upload")


# What a file of each sort is told; the others get « on ne reconnaît pas ».
REASONS = {
    "svg": "C’est un dessin SVG, qui peut contenir un programme. Exportez-le en PNG.",
    "html": "C’est une page web, qui peut contenir un programme. Enregistrez-la en PDF.",
    "xml": "C’est un fichier XML. Enregistrez le document en PDF ou en DOCX.",
    "program": "C’est un programme : il n’est pas accepté.",
    "archive": "C’est une archive. Envoyez les fichiers un par un.",
    "old-office": "C’est un document d’un ancien format (DOC, XLS, PPT), qui peut contenir des"
    " macros. Enregistrez-le en DOCX, XLSX, PPTX ou PDF.",
    "rtf": "C’est un document RTF. Enregistrez-le en DOCX, en ODT ou en PDF.",
    "heic": "C’est une photo au format HEIC ou AVIF. Enregistrez-la en JPEG.",
    "tiff": "C’est une image d’un format qui n’est pas lu partout (TIFF, BMP). Enregistrez-la en"
    " JPEG ou en PNG.",
    "media": "C’est un film ou un enregistrement. Laissez-le chez son hébergeur, et ajoutez-le"
    " comme média externe, avec sa transcription.",
}
