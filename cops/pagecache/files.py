"""A kept answer whose body is a file on disk: what is in memory is its headers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import FileResponse
from django.http.response import HttpResponseBase


class KeptFileResponse(FileResponse):
    """The file under headers that were settled once, and need not be guessed again."""

    def set_headers(self, filelike: Any) -> None:
        """The middleware sets them all."""


def mark_file(response: HttpResponseBase, path: Path) -> None:
    """Lets a view marked by ``cached_page`` have this file answer kept.

    For a file whose name tells its content: it never changes, it may only vanish. The
    response must carry its ETag.
    """
    response.kept_file = str(path)  # type: ignore[attr-defined]


def file_answer(path: str) -> KeptFileResponse | None:
    """The file again; None when it is gone."""
    try:
        return KeptFileResponse(open(path, "rb", buffering=0))
    except FileNotFoundError:
        return None
