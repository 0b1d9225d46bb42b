"""A visitor collects five sheets, orders them by keyboard, names, shares, takes one PDF.

On a desktop with the keyboard, and without JavaScript.
"""

from __future__ import annotations

import re

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.portal import Portal
from tests.e2e.test_access import overflow

SLUGS = [
    "agir-groupe-de-travail", "mission-1-pair-aidance-associative", "mission-6-reflexion-ethique",
    "sengager-dans-le-partenariat", "mission-5-recherche",
]  # fmt: skip

# What the worker would do.
MAKE = """
from cops.exports.models import Export
from cops.exports.running import export_run
waiting = Export.objects.filter(state="waiting", kind="resources.binder_pdf")
for pk in waiting.values_list("pk", flat=True):
    export_run(pk)
"""


def add_five(page: Page, *, javascript: bool) -> None:
    for slug in SLUGS:
        page.goto(f"/ressources/{slug}/")
        page.get_by_role("button", name="Ajouter à mon classeur").click()
        if javascript:
            link = page.get_by_role("link", name="Dans votre classeur")
            expect(link).to_be_focused()
        else:
            expect(page.locator("[data-binder-said]")).to_contain_text("est dans votre classeur")


def order(page: Page) -> list[str]:
    links = page.locator("[data-binder-lines] h2 a")
    return [link.get_attribute("href").split("/")[2] for link in links.all()]


def name_it(page: Page, name: str) -> None:
    page.get_by_text("Changer le nom").click()
    page.get_by_label("Nom du classeur").fill(name)
    page.get_by_role("button", name="Enregistrer ce nom").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def share_it(page: Page) -> str:
    page.get_by_role("button", name="Créer un lien de lecture").click()
    return page.locator(".binder-link").inner_text()


def take_it(page: Page, site: Portal) -> bytes:
    """From the button to the file, the page being left and found again meanwhile."""
    page.get_by_role("button", name="Préparer le document").click()
    expect(page).to_have_url(re.compile(r"/exports/[0-9A-Za-z]{22}/"))
    place = page.url
    expect(page.locator("progress")).to_be_visible()
    page.goto("/")
    site.run(MAKE)
    page.goto(place)
    take = page.get_by_role("link", name=re.compile("Télécharger"))
    answer = page.request.get(take.get_attribute("href"))
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


def assert_whole(content: bytes) -> None:
    document = pypdfium2.PdfDocument(content)
    first, last = (document[n].get_textpage().get_text_bounded() for n in (0, len(document) - 1))
    assert "Réunion du 12\u00a0mars" in first
    assert "5" in first
    assert f"page {len(document)}" in last.replace("\u00a0", " ")


def test_a_visitor_collects_orders_by_keyboard_names_shares_and_takes_one_pdf(visit, site):
    page = visit("/ressources/")
    add_five(page, javascript=True)
    page.goto("/classeur/")
    assert order(page) == SLUGS

    # With the button, the keyboard alone.
    button = page.locator(".binder-line").nth(4).get_by_role("button", name="Monter")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-binder-said]")).to_contain_text("à la place 4 sur 5")
    assert order(page) == [*SLUGS[:3], SLUGS[4], SLUGS[3]]
    expect(page.locator(".binder-line").nth(3).get_by_role("button", name="Monter")).to_be_focused()
    # With the arrows, from anywhere on the sheet.
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("[data-binder-said]")).to_contain_text("à la place 3 sur 5")
    assert order(page) == [SLUGS[0], SLUGS[1], SLUGS[4], SLUGS[2], SLUGS[3]]
    page.locator(".binder-line").nth(2).get_by_role("button", name="En premier").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-binder-said]")).to_contain_text("à la place 1 sur 5")
    # Nothing left to do there: the focus goes to its neighbour, never to nowhere.
    assert page.evaluate("document.activeElement.closest('.binder-line') !== null")

    page.locator(".binder-line").nth(1).get_by_role("button", name="Retirer").click()
    expect(page.locator(".binder-line")).to_have_count(4)
    undo = page.get_by_role("button", name=re.compile("Annuler"))
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".binder-line")).to_have_count(5)
    wanted = [SLUGS[4], SLUGS[0], SLUGS[1], SLUGS[2], SLUGS[3]]
    assert order(page) == wanted

    name_it(page, "Réunion du 12 mars")
    link = share_it(page)
    mail = page.get_by_role("link", name="Envoyer par courriel").get_attribute("href")
    assert mail.startswith("mailto:?")
    assert link.rsplit("/", 2)[1] in mail
    assert_whole(take_it(page, site))

    reader = visit(link.removeprefix(site.origin), width=360)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Réunion du 12 mars")
    assert violations(reader) == []
    reader.get_by_role("link", name="Copier dans mon classeur").click()
    reader.get_by_role("button", name=re.compile("Copier 5")).click()
    expect(reader.locator(".binder-line")).to_have_count(5)
    assert order(reader) == wanted

    page.goto("/classeur/")
    page.get_by_role("button", name="Ne plus partager : fermer ce lien").click()
    expect(page.get_by_role("button", name="Créer un lien de lecture")).to_be_visible()
    visit(link.removeprefix(site.origin), expect=404)


def test_the_same_without_javascript(visit, site):
    page = visit("/ressources/", javascript=False)
    add_five(page, javascript=False)
    page.get_by_role("link", name="Revenir à la page précédente").click()
    expect(page).to_have_url(re.compile(re.escape(SLUGS[-1])))
    page.goto("/classeur/")
    page.locator(".binder-line").nth(4).get_by_role("button", name="En premier").click()
    expect(page).to_have_url(re.compile(r"#ligne-\d+$"))
    page.locator(".binder-line").nth(1).get_by_role("button", name="Retirer").click()
    page.get_by_role("button", name=re.compile("Annuler")).click()
    assert order(page) == [SLUGS[4], *SLUGS[:4]]
    name_it(page, "Réunion du 12 mars")
    share_it(page)
    assert_whole(take_it(page, site))


def test_the_buttons_know_what_was_kept_on_another_page(visit):
    page = visit(f"/ressources/{SLUGS[0]}/")
    page.get_by_role("button", name="Ajouter à mon classeur").click()
    expect(page.get_by_role("link", name="Dans votre classeur")).to_be_visible()
    page.goto("/ressources/?genre=agir")
    card = page.locator(f'[data-keep="{SLUGS[0]}"]')
    expect(card.get_by_role("link", name="Dans votre classeur")).to_be_visible()
    expect(page.get_by_role("button", name="Ajouter à mon classeur").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_empty_filled_and_shared_and_nothing_sticks_out_at_320_px(visit, scheme):
    page = visit("/classeur/", width=320, height=480, scheme=scheme)
    assert violations(page) == []
    assert overflow(page) == []
    add_five(page, javascript=True)
    page.goto("/classeur/")
    name_it(page, "Anticonstitutionnellement" * 3)
    share_it(page)
    assert overflow(page) == []
    assert violations(page) == []
    page.locator(".binder-line").first.get_by_role("button", name="Retirer").click()
    expect(page.locator(".binder-line")).to_have_count(4)
    assert violations(page) == []
    page.get_by_text("Supprimer ce classeur").click()
    page.get_by_role("button", name=re.compile("Oui, supprimer")).click()
    expect(page.get_by_text("Ce classeur est vide")).to_be_visible()
