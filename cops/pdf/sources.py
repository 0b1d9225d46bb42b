"""What a document may read while it is laid out: our own style sheets, fonts and pictures, and
the pictures that the team put in a text.

WeasyPrint's own fetcher opens any address, files of the machine included: a
``<link rel=attachment href=file:///etc/passwd>`` puts the file in the PDF. This
one knows two private schemes and nothing else: ``static:css/pdf.css``, and
``media:attachments/<random>-1344x896.jpg`` for a picture that was checked when it was sent.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME, MEDIA = "static", "media"
_PICTURE = re.compile(r"attachments/[0-9A-Za-z]{22}-[0-9]{1,4}x[0-9]{1,4}\.(?:jpg|png)")
MEDIA_TYPES = {
    ".css": "text/css",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
    # Not WOFF2: unpacking it would cost more than the rest of a short document.
    ".ttf": "font/ttf",
}


class Refused(ValueError):
    """An address that a document has no right to read."""


def static_path(name: str) -> Path:
    """The file behind ``static:name``; raises Refused when it is not one of ours."""
    if PurePosixPath(name).suffix not in MEDIA_TYPES:
        raise Refused(name)
    try:
        found = finders.find(name)
    except SuspiciousFileOperation:
        found = None
    if not isinstance(found, str):
        raise Refused(name)
    return Path(found)


def picture_bytes(name: str) -> bytes:
    """A picture of a text; raises Refused when it is not one, or is gone."""
    if not _PICTURE.fullmatch(name):
        raise Refused(name)
    try:
        with default_storage.open(name, "rb") as file:
            return file.read()
    except OSError:
        raise Refused(name) from None


class StaticFetcher(URLFetcher):
    """Opens ``static:`` and ``media:`` addresses alone; every other one raises Refused."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        name = name.lstrip("/")
        if scheme == SCHEME:
            path = static_path(name)
            content, suffix = path.read_bytes(), path.suffix
        elif scheme == MEDIA:
            content, suffix = picture_bytes(name), PurePosixPath(name).suffix
        else:
            raise Refused(url)
        return URLFetcherResponse(url, content, {"Content-Type": MEDIA_TYPES[suffix]})
