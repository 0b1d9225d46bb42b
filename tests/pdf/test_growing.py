"""What is written piece by piece is what WeasyPrint alone would have drawn."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from cops.pdf import make, qr_svg
from cops.pdf.engine import weasyprint_alone
from cops.typesetting import typeset_html
from resources import documents
from tests.pdf.test_engine import BODY, page
from tests.resources import papers
from tests.resources.test_documents import WHEN, Form

# Transparency, a letter of a colour font, a turned box, letters in another script.
ODD = """
<h1 id="titre">Un titre</h1>
<p style="opacity: .5">À demi <strong>transparent</strong> 😀 é</p>
<p style="color: lab(50% 40 20); transform: rotate(3deg)">Penché 😀</p>
<p style="background: repeating-linear-gradient(45deg, red, blue 10px)">Fond</p>
<p>Ελληνικά, кириллица</p>
"""


def _pictures(content: bytes) -> list[bytes]:
    return [bytes(page.render(scale=1).buffer) for page in pypdfium2.PdfDocument(content)]


def _outline(content: bytes) -> list[tuple[int, str]]:
    return [(one.level, one.get_title()) for one in pypdfium2.PdfDocument(content).get_toc()]


def _html(name: str) -> str:
    if name == "body":
        return page(BODY + qr_svg("https://example.org/", title="Code"))
    if name == "odd":
        return page(ODD)
    return documents.sheet_html(papers.sheet(), number=3, published_at=WHEN, form=Form(name))


@pytest.mark.parametrize("name", ["body", "odd", *Form.values])
def test_pages_are_those_of_weasyprint_alone(name):
    html = typeset_html(_html(name))
    ours, theirs = make(html), weasyprint_alone(html)
    assert _pictures(ours) == _pictures(theirs)
    assert _outline(ours) == _outline(theirs)
    with pikepdf.open(BytesIO(ours)) as mine, pikepdf.open(BytesIO(theirs)) as other:
        assert _words(mine) == _words(other)
        assert dict(mine.docinfo) == dict(other.docinfo)
        assert list(mine.Root.Names.Dests.Names)[::2] == list(other.Root.Names.Dests.Names)[::2]
        assert mine.check_pdf_syntax() == []


def _words(pdf: pikepdf.Pdf) -> list[list[bytes]]:
    """What each page shows and in which letters, in the order of its content."""
    return [re.findall(rb"<[0-9a-f]+>|/\S+ [0-9.]+ Tf", p.Contents.read_bytes()) for p in pdf.pages]
