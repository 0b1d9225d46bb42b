"""A document in one or many pieces: pages of HTML laid out one after the other, as one PDF.

    long = LongDocument(["static:css/pdf.css"])
    first = long.lay_out(html)                              # its pages are drawn
    second = long.lay_out(html, first_page=1 + first.count)
    bytes = long.write([first, second])

Tags, links from one piece to the other and bookmarks are those of one document. A piece leaves
nothing behind it but the bytes of its pages: a hundred sheets take little more room than one.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from weasyprint import CSS, Document
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration

from cops.pdf.agent import LeanHTML
from cops.pdf.growing import VARIANT, Drawn, GrowingPdf
from cops.pdf.sources import StaticFetcher
from cops.typesetting import typeset_html


@dataclass(frozen=True)
class Piece:
    """Some pages of the document, from ``first_page`` on."""

    first_page: int
    drawn: Drawn

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self.drawn.pages)


class LongDocument:
    """``style_sheets``: ``static:`` addresses, read once for all the pieces.

    ``anchors``: those that a piece may point to before the piece that has them is laid out.
    """

    def __init__(
        self, style_sheets: Sequence[str] = (), *, anchors: Set[str] = frozenset()
    ) -> None:
        self._fonts, self._counters = FontConfiguration(), CounterStyle()
        self._sheets = [self._css(url=address) for address in style_sheets]
        self._pdf = GrowingPdf(anchors)

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
        source = _read(html)
        document = self._render(source, first_page)
        return Piece(first_page, self._pdf.draw(document, _link_texts(source.etree_element)))

    def count(self, html: str) -> int:
        """How many pages that page of HTML takes; it is not in the document for all that."""
        return len(self._render(_read(html), 1).pages)

    def _render(self, source: LeanHTML, first_page: int) -> Document:
        sheets = list(self._sheets)
        if first_page != 1:
            sheets.append(self._css(string=f"@page :first {{ counter-reset: page {first_page} }}"))
        return source.render(
            font_config=self._fonts,
            counter_style=self._counters,
            stylesheets=sheets,
            pdf_variant=VARIANT,
        )

    def write(self, pieces: Sequence[Piece]) -> bytes:
        """The PDF of these pieces in their order, once; its title is that of the first."""
        return self._pdf.write([piece.drawn for piece in pieces])


def _read(html: str) -> LeanHTML:
    source = LeanHTML(string=typeset_html(html), base_url="static:", url_fetcher=StaticFetcher())
    for element in source.etree_element.iter():
        # No file rides inside our documents, even one of ours.
        if "attachment" in element.get("rel", "").lower().split():
            del element.attrib["rel"]
    return source


def _link_texts(tree: Element) -> dict[Element, str]:
    """For each element of a link, the words of the whole link."""
    texts = {}
    for link in tree.iter("a"):
        words = link.get("title") or " ".join("".join(link.itertext()).split())
        texts.update(dict.fromkeys(link.iter(), words))
    return texts
