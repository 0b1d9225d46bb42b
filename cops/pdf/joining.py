"""A long document: pages of HTML laid out one after the other, then written as one PDF.

    long = LongDocument(["static:css/pdf.css"])
    first = long.lay_out(html)                              # its pages, and where its anchors are
    second = long.lay_out(html, first_page=1 + first.count)
    bytes = long.write([first, second])

They are joined inside WeasyPrint, by its own ``Document.copy``: tags, links from one to the other
and bookmarks are those of one document. Laid out apart, each piece leaves its page trees and its
styles behind it, its progress can be told, and a change of page numbers lays nothing out again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint import CSS, Document
from weasyprint.css.counters import CounterStyle
from weasyprint.document import Page
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from cops.pdf.agent import LeanHTML
from cops.pdf.engine import link_texts, name_links, refuse_attachments
from cops.pdf.sources import StaticFetcher
from cops.pdf.tagging import mend_tags

_OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
# What the tags still read of a line of text once it is drawn.
_AFTER_DRAWING = ("element", "element_tag", "children", "link_annotation", "widget_annotation")


@dataclass(frozen=True)
class Piece:
    """Some pages of the document, from ``first_page`` on."""

    document: Document
    first_page: int
    texts: dict[Element, str]

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self.document.pages)


class LongDocument:
    """``style_sheets``: ``static:`` addresses, read once for all the pieces."""

    def __init__(self, style_sheets: Sequence[str]) -> None:
        self._fonts, self._counters = FontConfiguration(), CounterStyle()
        self._images: dict[str, Any] = {}
        self._sheets = [self._css(url=address) for address in style_sheets]

    def _css(self, **source: str) -> CSS:
        return CSS(
            base_url="static:",
            url_fetcher=StaticFetcher(),
            font_config=self._fonts,
            counter_style=self._counters,
            **source,
        )

    def lay_out(self, html: str, *, first_page: int = 1) -> Piece:
        """The pages of a whole page of HTML, numbered from ``first_page`` on."""
        source = LeanHTML(string=html, base_url="static:", url_fetcher=StaticFetcher())
        refuse_attachments(source.etree_element)
        texts = link_texts(source.etree_element)
        number = self._css(string=f"@page :first {{ counter-reset: page {first_page} }}")
        document = source.render(
            font_config=self._fonts,
            counter_style=self._counters,
            stylesheets=[*self._sheets, number],
            cache=self._images,
            **_OPTIONS,
        )
        document._html = None
        document.pages = [_FrugalPage(page) for page in document.pages]
        return Piece(document, first_page, texts)

    def write(self, pieces: Sequence[Piece]) -> bytes:
        """The PDF of these pieces in their order; its title and author are those of the first.

        They cannot be written again: each page is let go as soon as it is drawn.
        """
        texts = {element: words for piece in pieces for element, words in piece.texts.items()}
        pages = [page for piece in pieces for page in piece.document.pages]
        joined = pieces[0].document.copy(pages)
        return mend_tags(joined.write_pdf(finisher=name_links(texts), **_OPTIONS))


class _FrugalPage(Page):
    """A page that takes little room once it is laid out, and less once it is drawn."""

    def __init__(self, page: Page) -> None:
        self.__dict__.update(page.__dict__)
        nothing: set[str] = set()
        for box in _boxes(self._page_box):
            # Each box holds a set of its own, nearly always empty.
            if not box.remove_decoration_sides:
                box.remove_decoration_sides = nothing

    def paint(self, stream: Any, scale: float = 1) -> None:
        super().paint(stream, scale)
        stream.stream = [b"\n".join(map(_octets, stream.stream))]
        for box in list(_boxes(self._page_box)):
            if isinstance(box, (boxes.TextBox, boxes.LineBox)):
                known = box.__dict__
                box.__dict__ = {name: known[name] for name in _AFTER_DRAWING if name in known}


def _boxes(box: Any) -> Any:
    """A box and all those inside it."""
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(getattr(child, "_box", child))


def _octets(part: Any) -> bytes:
    return pydyf._to_bytes(part)  # type: ignore[no-any-return]
