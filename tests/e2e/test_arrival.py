"""What the other browser tests stand on: a gesture meets the page with its modules in place."""

from __future__ import annotations

from playwright.sync_api import Route, expect

SHEET = "/ressources/agir-soins-cliniques-et-educatifs/"


def test_a_gesture_waits_for_the_modules_that_the_page_asked_for(visit):
    page = visit("/")

    def late(route: Route) -> None:
        page.wait_for_timeout(500)
        route.continue_()

    page.route("**/terms*.js", late)
    page.goto(SHEET)
    page.locator("main .term").first.click()
    # Without its module the term is a link, which leads to another page.
    expect(page.locator(".term[aria-expanded=true]")).to_have_count(1)
    assert page.url.endswith(SHEET)
