"""The large print, page by page: no title broken, no page left empty, no box cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from weasyprint import HTML

from cops.pdf.sources import StaticFetcher
from resources import documents
from resources.models import PreparedDocument
from tests.resources import papers

WHEN = datetime(2026, 11, 12, 9, tzinfo=UTC)
PAGE_HEIGHT = 297 * 96 / 25.4


def pages(words: dict) -> list[list[Any]]:
    """The boxes of each page of the document in large print, after its cover."""
    document = documents.sheet_html(
        words, number=3, published_at=WHEN, form=PreparedDocument.Form.LARGE
    )
    laid = HTML(string=document, base_url="static:", url_fetcher=StaticFetcher()).render()
    return [list(boxes(page._page_box)) for page in laid.pages[1:]]


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
    """A step goes on overleaf, wherever on the page it begins."""
    long = "Vous dites ce que vous voyez, ce que vous vivez et ce que vous attendez. " * 4
    for before in range(0, 20, 4):
        sections = [
            papers.section("Avant", "<p>Une ligne.</p>" * before),
            papers.section("Soins", "", kind="path", path=papers.path("Soins", 4, long)),
        ]
        found = pages({**papers.sheet(), "sections": sections, "terms": [], "references": []})
        assert min(last_line(page) for page in found[:-1]) > 0.55, before
        assert set(fragments(found, "h3")) == {1}


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
