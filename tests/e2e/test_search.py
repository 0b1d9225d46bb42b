"""The search box and its suggestions, with keys, with a finger and without JavaScript."""

import re
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

BOX = "#chercher-q"


def typed(page: Page, words: str) -> None:
    page.focus(BOX)
    with page.expect_response(lambda answer: f"?q={quote_plus(words)}" in answer.url):
        page.keyboard.type(words, delay=20)
    expect(page.locator("[role=option]").first).to_be_visible()


def test_the_combobox_says_what_it_does(visit):
    page = visit("/recherche/")
    typed(page, "patient ex")
    box = page.locator(BOX)
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "true")
    listbox = page.locator(f"#{box.get_attribute('aria-controls')}")
    expect(listbox).to_have_attribute("role", "listbox")
    expect(page.get_by_role("status").filter(has_text="suggestion")).to_have_count(1)

    page.keyboard.press("ArrowDown")
    option = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(option).to_contain_text("patient expert")
    expect(box).to_be_focused()

    # Past the last one, back to what was typed.
    for _ in range(listbox.locator("[role=option]").count()):
        page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None

    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("patient ex")
    expect(listbox).to_be_hidden()


def test_arrows_and_enter_open_the_suggestion(visit):
    page = visit("/recherche/")
    typed(page, "pair-aid")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/lexique/pair-aid"))


def test_enter_alone_searches_what_was_typed(visit):
    page = visit("/recherche/")
    typed(page, "pair-aid")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/recherche/\?q=pair-aid$"))


def test_a_finger_on_a_suggestion_opens_it(visit):
    page = visit("/recherche/", width=360, touch=True)
    typed(page, "etp")
    page.locator("[role=option]").first.tap()
    expect(page).to_have_url(re.compile("/lexique/etp/"))


def test_leaving_the_box_closes_the_list(visit):
    page = visit("/recherche/")
    typed(page, "patient")
    page.keyboard.press("Tab")
    expect(page.locator("[role=listbox]").first).to_be_hidden()


def test_every_search_box_has_suggestions(visit):
    page = visit("/")
    boxes = page.locator("form[data-suggest] input[type=search]")
    assert boxes.count() >= 2
    for place in range(boxes.count()):
        box = boxes.nth(place)
        box.focus()
        page.keyboard.type("patient", delay=20)
        expect(box).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")


def test_without_javascript_the_facets_are_a_form(visit):
    page = visit("/recherche/?q=partenariat", javascript=False)
    page.get_by_label("Fiche « Agir ! »").check()
    page.get_by_role("button", name="Appliquer").click()
    expect(page).to_have_url(re.compile(r"genre=agir"))
    expect(page.locator("h1")).to_contain_text("résultats pour")
    kinds = {" ".join(text.split()) for text in page.locator(".results .kicker").all_inner_texts()}
    assert kinds == {"Fiche « Agir ! »"}
    page.get_by_role("link", name="retirer ce filtre").click()
    expect(page).not_to_have_url(re.compile(r"genre="))


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_overflows(visit, width):
    for query in ("patient+expert", "x" * 190, "zxqwv", ""):
        page = visit(f"/recherche/?q={query}", width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
