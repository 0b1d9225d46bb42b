"""The first journey of the portal, done by a person who has never seen it.

She types « patient expert », a word the sheet avoids and the lexicon knows, finds the
sheet, reads it, opens a definition in the text, reads a term in easy words, and takes
the PDF: on a desktop, on a phone, with the keyboard alone, without JavaScript.
"""

import re

import pytest
from playwright.sync_api import Page, expect

SHEET = "Agir ! pour le partenariat dans les soins cliniques et éducatifs"
SHEET_PATH = "/ressources/agir-soins-cliniques-et-educatifs/"


def results_link(page: Page):
    return page.locator("main ol li a", has_text=re.compile(r"soins cliniques et éducatifs")).first


def search_box(page: Page):
    return page.locator("main input[type=search]").first


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_a_newcomer_finds_the_sheet_by_a_word_it_avoids_and_takes_its_pdf(visit, width, javascript):
    page = visit("/", width=width, height=740, javascript=javascript)
    search_box(page).fill("patient expert")
    search_box(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/recherche/\?.*q=patient"))
    expect(page.locator("main")).to_contain_text("Patient partenaire")
    results_link(page).click()
    expect(page).to_have_url(re.compile(re.escape(SHEET_PATH)))
    page.goto(SHEET_PATH)
    expect(page.locator("h1")).to_have_text(re.compile(r"Agir.+soins cliniques et éducatifs"))
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    term = page.locator("main .term").first
    if javascript:
        term.click()
        expect(
            page.locator("[role=dialog], .definition-popover, [data-popover]").first
        ).to_be_visible()
        page.keyboard.press("Escape")
        expect(term).to_be_focused()
    else:
        term.click()
        expect(page).to_have_url(re.compile(r"/lexique/[a-z0-9-]+/"))
        expect(page.locator("main")).to_contain_text(re.compile("facile à lire", re.IGNORECASE))
        page.go_back()

    link = page.locator(f"a[href='{SHEET_PATH.rstrip('/')}.pdf']").first
    expect(link).to_be_visible()
    answer = page.request.get(link.get_attribute("href"))
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def test_the_same_journey_with_the_keyboard_alone(visit):
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_contain_text(re.compile("contenu", re.IGNORECASE))
    page.keyboard.press("Enter")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.locator("main input[type=search]:focus").count():
            break
    expect(search_box(page)).to_be_focused()
    page.keyboard.type("patient expert")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("Escape")  # closes the suggestions, keeps the words
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/recherche/\?.*q=patient"))
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(
            "document.activeElement.closest('main ol a')"
            " && document.activeElement.href.includes('agir-soins-cliniques')"
        ):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(SHEET_PATH)))
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator("[role=button].term:focus").count():
            break
    term = page.locator("[role=button].term:focus")
    expect(term).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(page.locator(".term[aria-expanded=true]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".term[aria-expanded=true]")).to_have_count(0)
    assert page.locator("[role=button].term:focus").count() == 1


def test_every_term_is_read_in_easy_words(visit):
    page = visit("/lexique/patient-partenaire/")
    expect(page.locator("h1")).to_contain_text("Patient partenaire")
    expect(page.get_by_role("heading", name=re.compile("facile", re.IGNORECASE))).to_be_visible()


def test_suggestions_come_while_typing_and_are_used_with_the_arrows(visit):
    page = visit("/")
    search_box(page).click()
    page.keyboard.type("savoirs exp", delay=30)
    options = page.locator("[role=listbox] [role=option]")
    expect(options.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    active = search_box(page).get_attribute("aria-activedescendant")
    assert active
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]").first).to_be_hidden()
