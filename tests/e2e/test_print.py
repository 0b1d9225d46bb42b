"""What the browser prints: nothing folded is lost, no sheet of paper for a footer."""

from __future__ import annotations

import pypdfium2
from playwright.sync_api import Page


def printed(page: Page) -> list[str]:
    """The words of each sheet of paper, spaces made one."""
    document = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    return [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document]


def test_every_answer_of_the_quiz_is_printed(visit):
    page = visit("/quiz/ce-qui-nous-rassemble/?vue=tout")
    answers = page.locator("[data-quiz-item] details")
    assert answers.locator("xpath=self::*[@open]").count() == 0
    words = " ".join(printed(page))
    given = words.count("Réponse attendue") + words.count("À débattre : chacun a sa réponse")
    assert given == answers.count()


def test_table_of_a_chart_is_printed(visit):
    page = visit("/composants/")
    table = page.locator("figure.chart details table").first
    assert not table.is_visible()
    cell = table.locator("tbody th").first.text_content().strip()
    words = " ".join(printed(page))
    assert cell in words


def test_arguments_take_no_sheet_for_the_footer(visit):
    page = visit("/argumentaires/")
    sheets = printed(page)
    assert "Les savoirs de chacun, le bien-être de tous." in sheets[-1]
    assert len(sheets) == 4, "the method, then one sheet per audience"
    assert "Pour des patients partenaires" in sheets[-1]
