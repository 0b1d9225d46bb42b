"""What the browser prints: nothing folded is lost, no sheet of paper for a footer."""

from __future__ import annotations

import itertools
import re

import pypdfium2
import pytest
from playwright.sync_api import Page


def paper(page: Page) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))


def printed(page: Page) -> list[str]:
    """The words of each sheet of paper, spaces made one."""
    return [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in paper(page)]


def written_over(sheet: pypdfium2.PdfPage) -> list[tuple[str, str]]:
    """The words that are printed one over the other."""
    text = sheet.get_textpage()
    words = []
    # U+FFFE is the hyphen of a word that goes on at the next line.
    for found in re.finditer(r"[^\s\ufffe]+", text.get_text_range()):
        letters = [text.get_charbox(n) for n in range(*found.span())]
        left, low, right, high = zip(*letters, strict=True)
        words.append((found[0], min(left), min(low), max(right), max(high)))
    return [
        (one[0], other[0])
        for one, other in itertools.combinations(words, 2)
        if min(one[3], other[3]) - max(one[1], other[1]) > 1
        and min(one[4], other[4]) - max(one[2], other[2]) > 1
    ]


@pytest.mark.parametrize(
    "path",
    [
        "/quiz/ce-qui-nous-rassemble/?vue=tout",
        "/ressources/agir-soins-cliniques-et-educatifs/",
        "/ressources/mission-2-education-therapeutique-du-patient/",
        "/ressources/",
        "/argumentaires/",
        "/lexique/pair-aidant/",
        "/recherche/?q=partenariat",
    ],
)
def test_no_line_is_printed_over_another(visit, path):
    sheets = enumerate(paper(visit(path)), 1)
    faults = {n: over for n, sheet in sheets if (over := written_over(sheet))}
    assert faults == {}


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
