"""HTML to PDF/UA-1 bytes: laid out by WeasyPrint, drawn and tagged by cops.pdf.growing.

The HTML comes from our own templates. It names its style sheets as
``static:css/pdf.css``; nothing outside our static files is ever read.
"""

from __future__ import annotations

from typing import Any

from weasyprint import HTML

from cops.pdf.joining import LongDocument
from cops.pdf.sources import StaticFetcher


def weasyprint_alone(html: str) -> bytes:
    """What WeasyPrint makes of the page, by itself: the floor of the measure."""
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
    return HTML(string=html, base_url="static:", url_fetcher=StaticFetcher()).write_pdf(**options)


def make(html: str) -> bytes:
    """The PDF/UA-1 document of a page of HTML; the same bytes for the same HTML.

    A missing ``lang`` or ``<title>`` shows in no error here: the tests of each
    document look for them.
    """
    document = LongDocument()
    return document.write([document.lay_out(html)])
