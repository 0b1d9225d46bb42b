"""The engine's own style sheet, cut down: the documents are the same, to the byte."""

import pytest

from cops.pdf.agent import LeanHTML
from cops.pdf.engine import weasyprint_alone
from cops.pdf.sources import StaticFetcher
from resources import documents
from tests.resources import papers
from tests.resources.test_documents import WHEN, Form


@pytest.mark.parametrize("form", [Form.STANDARD, Form.LARGE, Form.FALC])
@pytest.mark.parametrize("paper", [papers.sheet, papers.mission])
def test_a_document_is_the_same_to_the_byte_without_the_styles_it_never_uses(paper, form):
    html = documents.sheet_html(paper(), number=3, published_at=WHEN, form=form)
    lean = LeanHTML(string=html, base_url="static:", url_fetcher=StaticFetcher())
    assert lean.write_pdf(pdf_variant="pdf/ua-1") == weasyprint_alone(html)
