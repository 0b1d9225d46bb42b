"""What is written in a PDF, for tests that read a paper."""

from __future__ import annotations

import pypdfium2


def texts_of(pdf: bytes) -> list[str]:
    """What is written on each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def text_of(pdf: bytes) -> str:
    """The whole paper as one line: where a line ends depends on the room there is."""
    return " ".join(" ".join(texts_of(pdf)).split())
