"""« Réutiliser nos contenus »: read, tried in the page, without another host."""

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import violations
from tests.e2e.test_access import overflow

DOCS = "/api/v1/docs/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit, scheme):
    page = visit(DOCS, scheme=scheme)
    page.wait_for_selector(".opblock")
    assert violations(page) == []


@pytest.mark.parametrize("width", [320, 360])
def test_it_fits_a_narrow_screen(visit, width):
    page = visit(DOCS, width=width)
    page.wait_for_selector(".opblock")
    assert overflow(page) == []


def test_an_address_is_tried_in_the_page(visit):
    page = visit(DOCS)
    page.locator(".opblock-summary-control").first.click()
    page.get_by_role("button", name="Execute").click()
    answer = page.locator(".live-responses-table .response-col_description code").first
    expect(answer).to_contain_text('"results"')


def test_it_says_everything_without_javascript(visit):
    page = visit(DOCS, javascript=False)
    words = page.locator("main").inner_text()
    for said in ("/api/v1/resources/", "If-None-Match", "Retry-After", "Avec JavaScript"):
        assert said in words
