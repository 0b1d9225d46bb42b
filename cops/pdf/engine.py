"""HTML to PDF/UA-1 bytes: WeasyPrint, then the tag pass of cops.pdf.tagging.

The HTML comes from our own templates. It names its style sheets as
``static:css/pdf.css``; nothing outside our static files is ever read.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint import HTML, Document

from cops.pdf.sources import StaticFetcher
from cops.pdf.tagging import mend_tags


def _refuse_attachments(tree: Element) -> None:
    """No file rides inside our documents, even one of ours."""
    for element in tree.iter():
        if "attachment" in element.get("rel", "").lower().split():
            del element.attrib["rel"]


def _link_texts(tree: Element) -> dict[Element, str]:
    """For each element of a link, the words of the whole link."""
    texts = {}
    for link in tree.iter("a"):
        words = link.get("title") or " ".join("".join(link.itertext()).split())
        texts.update(dict.fromkeys(link.iter(), words))
    return texts


def _opened(html: str) -> HTML:
    return HTML(string=html, base_url="static:", url_fetcher=StaticFetcher())


def weasyprint_alone(html: str) -> bytes:
    """What WeasyPrint makes of the page before our pass: the floor of the measure."""
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
    return _opened(html).write_pdf(**options)


def make(html: str) -> bytes:
    """The PDF/UA-1 document of a page of HTML; the same bytes for the same HTML.

    A missing ``lang`` or ``<title>`` shows in no error here: the tests of each
    document look for them.
    """
    source = _opened(html)
    _refuse_attachments(source.etree_element)
    texts = _link_texts(source.etree_element)

    def name_links(document: Document, pdf: pydyf.PDF) -> None:
        # WeasyPrint describes a link by its address; a screen reader reads it aloud.
        for page in document.pages:
            for kind, _target, _rectangle, box in page.links:
                if kind in ("internal", "external") and (words := texts.get(box.element)):
                    box.link_annotation["Contents"] = pydyf.String(words)

    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
    return mend_tags(source.write_pdf(finisher=name_links, **options))
