"""What a document may read while it is laid out: our own style sheets, fonts and pictures.

WeasyPrint's own fetcher opens any address, files of the machine included: a
``<link rel=attachment href=file:///etc/passwd>`` puts the file in the PDF. This
one knows a single private scheme, ``static:css/pdf.css``, and nothing else.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from weasyprint.urls import URLFetcher, URLFetcherResponse

SCHEME = "static"
MEDIA_TYPES = {
    ".css": "text/css",
    ".png": "image/png",
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


class StaticFetcher(URLFetcher):
    """Opens ``static:`` addresses alone; every other one raises Refused."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme != SCHEME:
            raise Refused(url)
        path = static_path(name.lstrip("/"))
        return URLFetcherResponse(
            url, path.read_bytes(), {"Content-Type": MEDIA_TYPES[path.suffix]}
        )
