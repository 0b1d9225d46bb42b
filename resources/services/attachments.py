"""What a download link says before the click: the format, the size, the pages of a file."""

from __future__ import annotations

import mimetypes
from typing import BinaryIO, cast

from resources.models import Attachment


def attachment_measure(*, attachment: Attachment) -> Attachment:
    """Fill the format, the size and, for a PDF, the number of pages. Saves nothing."""
    attachment.size = attachment.file.size
    guessed, _ = mimetypes.guess_type(attachment.file.name or "")
    attachment.media_type = guessed or "application/octet-stream"
    attachment.pages = _pages(attachment) if guessed == "application/pdf" else None
    return attachment


def _pages(attachment: Attachment) -> int | None:
    import pikepdf  # a heavy library that no other page of the site needs

    attachment.file.open("rb")
    try:
        with pikepdf.open(cast(BinaryIO, attachment.file)) as document:
            return len(document.pages)
    except pikepdf.PdfError:
        return None
    finally:
        attachment.file.seek(0)
