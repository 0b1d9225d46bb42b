"""Every page of the self-assessment: axe finds nothing, light or dark; nothing sticks out."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.assessments import addresses
from tests.e2e.axe import violations
from tests.e2e.people import enter
from tests.e2e.test_access import overflow

PUBLIC = {
    "home": "/autoevaluation/",
    "grid": "/autoevaluation/soins-cliniques-et-educatifs/",
    "open": "/autoevaluation/groupe-de-travail/commencer/",
    "code": "/autoevaluation/code/",
}
GONE = {"gone": 410}


@pytest.fixture(scope="module")
def pages(site) -> dict[str, str]:
    return PUBLIC | addresses(site)


def _go(page: Page, name: str, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == GONE.get(name, 200), name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(visit, pages, scheme):
    page = visit("/autoevaluation/", scheme=scheme)
    found = {}
    for name, path in pages.items():
        if name in GONE:
            continue
        _go(page, name, path)
        found[name] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.parametrize("javascript", [True, False])
def test_nothing_sticks_out_at_320_px(visit, pages, javascript):
    page = visit("/autoevaluation/", width=320, height=600, javascript=javascript)
    found = {}
    for name, path in pages.items():
        if name in GONE:
            continue
        _go(page, name, path)
        found[name] = overflow(page)
    assert {name: parts for name, parts in found.items() if parts} == {}


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1920, 1080)])
def test_each_screen_of_the_meeting_room_is_seen_without_scrolling(visit, pages, width, height):
    page = visit("/autoevaluation/", width=width, height=height)
    hidden = []
    for name in ("room before", "room", "room group"):
        _go(page, name, pages[name])
        for number in range(13 if name != "room before" else 1):
            page.goto(f"{pages[name]}?n={number}")
            over = page.evaluate("document.documentElement.scrollHeight - innerHeight")
            if over > 0:
                hidden.append((name, number, over))
    assert hidden == []


def test_the_next_screen_of_the_meeting_room_is_at_hand_on_the_lowest_of_screens(visit, pages):
    page = visit("/autoevaluation/", width=1024, height=420)
    page.goto(f"{pages['room']}?n=1")
    expect(page.get_by_role("link", name="Critère suivant")).to_be_in_viewport(ratio=1)


def test_axe_finds_nothing_on_a_phone(visit, pages):
    page = visit("/autoevaluation/", width=360, height=780, touch=True)
    found = {}
    for name in ("home", "answer", "answer all", "pair", "group", "joint", "manage", "keep"):
        _go(page, name, pages[name])
        found[name] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_a_page_that_was_erased_is_accessible_too(visit, pages):
    page = visit(pages["gone"], width=320, expect=410)
    assert violations(page) == []
    assert overflow(page) == []


def test_a_code_that_opens_nothing_is_accessible_too(visit):
    page = visit("/autoevaluation/e/BCDFGHJKLMNP/", width=320, expect=404)
    assert violations(page) == []
    assert overflow(page) == []


def test_the_figures_of_the_team_are_accessible(visit, site, pages):
    page = visit("/autoevaluation/", width=360)
    enter(page, site, "team", email="roue@example.org")
    page.goto("/pilotage/autoevaluation/")
    page.get_by_role("heading", name="Ce que la région apprend").wait_for()
    assert violations(page) == []
    assert overflow(page) == []
