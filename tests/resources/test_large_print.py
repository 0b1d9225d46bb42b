"""Documents, page by page: no title broken, no step torn, no page left empty, no box cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from weasyprint import HTML

from cops.pdf.sources import StaticFetcher
from resources import documents
from resources.models import PreparedDocument
from tests.resources import papers

WHEN = datetime(2026, 11, 12, 9, tzinfo=UTC)
PAGE_HEIGHT = 297 * 96 / 25.4


def sheets_of_paper(words: dict, form: str = PreparedDocument.Form.LARGE) -> list[Any]:
    """The pages of the document, after its cover."""
    document = documents.sheet_html(words, number=3, published_at=WHEN, form=form)
    laid = HTML(string=document, base_url="static:", url_fetcher=StaticFetcher()).render()
    return [page._page_box for page in laid.pages[1:]]


def pages(words: dict, form: str = PreparedDocument.Form.LARGE) -> list[list[Any]]:
    """The boxes of each page of the document, after its cover."""
    return [list(boxes(page)) for page in sheets_of_paper(words, form)]


def boxes(box: Any) -> Iterator[Any]:
    yield box
    for child in getattr(box, "children", ()):
        if type(child).__name__ != "MarginBox":
            yield from boxes(child)


def fragments(found: list[list[Any]], tag: str) -> list[int]:
    """In how many pieces each element of that tag is laid out, over all pages."""
    elements = (
        {id(b.element) for b in page if b.element_tag == tag and b.element is not None}
        for page in found
    )
    return list(Counter(element for page in elements for element in page).values())


def last_line(page: list[Any]) -> float:
    """How far down the words of a page go, from 0 to 1."""
    lines = [b for b in page if type(b).__name__ == "LineBox"]
    return max(b.position_y + b.height for b in lines) / PAGE_HEIGHT


def test_title_and_its_bar_stay_on_one_page():
    chapters = [
        papers.section(f"Chapitre {n}", f"<p>{'Une phrase de quelques mots. ' * (5 + n % 7)}</p>")
        for n in range(60)
    ]
    found = pages({**papers.mission(), "sections": chapters})
    titles = fragments(found, "h2")
    assert len(titles) > 60
    assert set(titles) == {1}


def test_long_step_leaves_no_page_half_empty():
    """A step whose lanes fill a page goes on overleaf between them, wherever it begins."""
    long = "Vous dites ce que vous voyez, ce que vous vivez et ce que vous attendez. " * 4
    for before in range(0, 20, 4):
        sections = [
            papers.section("Avant", "<p>Une ligne.</p>" * before),
            papers.section("Soins", "", kind="path", path=papers.path("Soins", 4, long)),
        ]
        found = pages({**papers.sheet(), "sections": sections, "terms": [], "references": []})
        assert min(last_line(page) for page in found[:-1]) > 0.55, before
        assert set(fragments(found, "h3")) == {1}


def test_lanes_of_a_step_meet_on_the_page_of_its_title():
    """Only what both do together goes on overleaf, wherever on the page the step begins."""
    for before in range(0, 20, 4):
        sections = [
            papers.section("Avant", "<p>Une ligne.</p>" * before),
            papers.section("Soins", "", kind="path", path=papers.path("Soins", 6)),
        ]
        found = pages({**papers.sheet(), "sections": sections})
        for page in found:
            named = Counter(b.element.get("class") for b in page if b.element_tag == "div")
            assert named["lane partner"] == named["lane professional"], before
            titles = [b for b in page if b.element_tag == "h3" and type(b).__name__ == "BlockBox"]
            assert named["lane partner"] == len(titles), before


@pytest.mark.parametrize("form", PreparedDocument.Form.values)
@pytest.mark.parametrize(
    "title",
    [
        "Agir ! pour le partenariat dans les soins cliniques et éducatifs",
        "Agir ! pour le partenariat dans le management d’un établissement de santé",
    ],
)
def test_running_words_keep_to_one_line(form, title):
    page = sheets_of_paper(papers.sheet(title=title), form)[-1]
    running = [b for b in page.children if type(b).__name__ == "MarginBox"]
    lines = [[b for b in boxes(box) if type(b).__name__ == "LineBox"] for box in running]
    assert {len(found) for found in lines} <= {0, 1}
    assert sum(map(len, lines)) >= 2


def test_last_page_never_holds_a_few_lines_alone():
    """How the document was written keeps in one piece, and some of what is before with it."""
    references = [
        {**papers.sheet()["references"][0], "key": f"has-{n}", "title": "Un titre " * (5 + n)}
        for n in range(6)
    ]
    words = papers.sheet(references=references, methodology="Écrit à plusieurs, en un an. " * 18)
    lasts = []
    for before in range(0, 40, 3):
        words["sections"] = [papers.section("Avant", "<p>Une ligne.</p>" * before)]
        lasts.append(last_line(pages(words, PreparedDocument.Form.STANDARD)[-1]))
    assert min(lasts) > 0.25
    assert max(lasts) > 0.7, "the break goes through what closes the document"


def test_card_of_a_mission_is_cut_between_its_questions():
    """A box that goes on overleaf would be cut flat, and stretched to the foot of the page."""
    training = [
        {"name": f"Une formation parmi d’autres, la {n}e", "required": False} for n in range(14)
    ]
    places = [f"Hôpital de la ville numéro {n}" for n in range(12)]
    found = pages({**papers.mission(), "training": training, "places": places})
    cards = [
        b for page in found for b in page
        if b.element is not None and b.element.get("class") == "identity"
    ]  # fmt: skip
    assert len(cards) > 1, "the card goes on overleaf"
    assert all(b.style["background_color"].alpha == 0 for b in cards)
    assert set(fragments(found, "tr")) == {1}
