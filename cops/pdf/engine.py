"""HTML to PDF/UA-1 bytes: WeasyPrint, then the tag pass of cops.pdf.tagging.

The HTML comes from our own templates. It names its style sheets as
``static:css/pdf.css``; nothing outside our static files is ever read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint import HTML, Document

from cops.pdf.agent import LeanHTML
from cops.pdf.sources import StaticFetcher
from cops.pdf.tagging import mend_tags


def refuse_attachments(tree: Element) -> None:
    """No file rides inside our documents, even one of ours."""
    for element in tree.iter():
        if "attachment" in element.get("rel", "").lower().split():
            del element.attrib["rel"]


def link_texts(tree: Element) -> dict[Element, str]:
    """For each element of a link, the words of the whole link."""
    texts = {}
    for link in tree.iter("a"):
        words = link.get("title") or " ".join("".join(link.itertext()).split())
        texts.update(dict.fromkeys(link.iter(), words))
    return texts


def name_links(texts: Mapping[Element, str]) -> Callable[[Document, pydyf.PDF], None]:
    """A finisher: WeasyPrint describes a link by its address, which a screen reader reads aloud."""

    def name(document: Document, pdf: pydyf.PDF) -> None:
        for page in document.pages:
            for kind, _target, _rectangle, box in page.links:
                if kind in ("internal", "external") and (words := texts.get(box.element)):
                    box.link_annotation["Contents"] = pydyf.String(words)

    return name


def weasyprint_alone(html: str) -> bytes:
    """What WeasyPrint makes of the page, by itself: the floor of the measure."""
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
    return HTML(string=html, base_url="static:", url_fetcher=StaticFetcher()).write_pdf(**options)


def make(html: str) -> bytes:
    """The PDF/UA-1 document of a page of HTML; the same bytes for the same HTML.

    A missing ``lang`` or ``<title>`` shows in no error here: the tests of each
    document look for them.
    """
    source = LeanHTML(string=html, base_url="static:", url_fetcher=StaticFetcher())
    refuse_attachments(source.etree_element)
    texts = link_texts(source.etree_element)
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
    return mend_tags(source.write_pdf(finisher=name_links(texts), **options))
