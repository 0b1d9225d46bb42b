"""The team edits a grid in the admin, under the CSP; one keeps an assessment in one's account."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.browser import FLAGS, executable
from tests.e2e.people import enter

GRID = "/autoevaluation/groupe-de-travail/"
LIST = "/compte/auto-evaluations/"


def _began(page: Page, mode: str, role: str) -> None:
    """Open an assessment and take a place in it."""
    page.goto(f"{GRID}commencer/")
    page.get_by_role("radio", name=mode).check()
    page.get_by_role("button", name="Commencer").click()
    if page.get_by_role("link", name="Remplir ma roue").count():
        page.get_by_role("link", name="Remplir ma roue").click()
    page.get_by_role("radio", name=role, exact=True).check()
    page.get_by_role("button", name="Remplir ma roue").click()
    page.get_by_role("heading", name="Ma roue", exact=True).wait_for()


def _filled(page: Page, level: int, note: str = "") -> None:
    """All the criteria on one page, as a filled paper sheet is typed in; then sent."""
    page.get_by_role("link", name="Tout sur une page").click()
    for group in page.locator("fieldset.criterion").all():
        group.locator(f"input[value='{level}']").check()
    if note:
        page.get_by_text("Ma note personnelle").first.click()
        page.get_by_label("Votre note personnelle").first.fill(note)
    page.get_by_role("button", name="Relire ma roue").click()
    page.get_by_role("button", name="J’ai terminé").click()


def test_a_word_changed_in_the_admin_makes_a_version_under_the_csp(visit, site):
    page = visit("/")
    _began(page, "Seul —", "Professionnel")
    enter(page, site, "team")
    page.goto("/admin/selfassess/grid/")
    page.get_by_role("link", name=re.compile("groupe de travail")).first.click()
    expect(page.locator("#grid_form")).to_be_visible()
    page.locator("summary", has_text="CE1 —").click()
    label = page.locator("#id_axes-0-criteria-0-label")
    label.fill("Demander l'avis de tous, chaque fois")

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Aperçu, sans enregistrer").click()
    preview = opened.value
    expect(preview.get_by_text("Rien n’est enregistré")).to_be_visible()
    expect(preview.get_by_text("Demander l’avis de tous, chaque fois")).to_be_visible()
    preview.close()

    page.locator("input[name=_save]").first.click()
    expect(page.locator(".messagelist")).to_contain_text("Version 2 créée")
    page.goto(GRID)
    expect(page.locator("main")).to_contain_text("Demander l’avis de tous, chaque fois")


@pytest.mark.parametrize("javascript", [True, False])
def test_one_keeps_a_place_in_the_account_and_comes_back_by_it(visit, site, javascript):
    page = visit("/", javascript=javascript, width=360, touch=True)
    enter(page, site, "member", email=f"garde-{javascript}@exemple.invalid".lower())
    page.goto(LIST)
    expect(page.get_by_text("Rien n’est gardé ici")).to_be_visible()
    _began(page, "À deux, chacun son écran", "Professionnel")
    page.get_by_role("link", name="Garder mon lien").click()
    page.get_by_role("button", name="Garder dans mon compte").click()
    expect(page.get_by_text("est gardée dans votre compte")).to_be_visible()
    page.get_by_role("link", name=re.compile("groupe de travail")).first.click()
    page.get_by_role("heading", name="Ma roue", exact=True).wait_for()
    assert "/autoevaluation/moi/" in page.url
    _filled(page, 3)
    page.get_by_role("heading", name="Votre roue est prête").wait_for()
    page.goto(LIST)
    expect(page.get_by_text("En attente des autres.")).to_be_visible()
    page.get_by_role("link", name="Retirer de mon compte").click()
    page.get_by_role("button", name="Retirer de mon compte").click()
    expect(page.get_by_text("Rien n’est gardé ici")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_account_s_pages(visit, site, scheme):
    page = visit("/", width=320, scheme=scheme)
    enter(page, site, "member", email=f"axe-{scheme}@exemple.invalid")
    page.goto(LIST)
    assert violations(page) == []
    _began(page, "En groupe", "Professionnel")
    page.get_by_role("link", name="Garder mon lien").click()
    assert violations(page) == []
    page.get_by_role("button", name="Garder dans mon compte").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name=re.compile("groupe de travail")).first.click()
    assert violations(page) == []
    page.goto(LIST)
    page.get_by_role("link", name="Retirer de mon compte").click()
    assert violations(page) == []


@pytest.fixture
def remembering(site, browser):
    """A browser that keeps the pages it leaves, as those of visitors do; Playwright forbids it."""
    opened = browser.browser_type.launch(
        executable_path=executable(),
        headless=True,
        args=[
            *FLAGS,
            "--enable-features=BackForwardCache,CacheControlNoStoreEnterBackForwardCache",
        ],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield lambda **how: opened.new_context(base_url=site.origin, locale="fr-FR", **how).new_page()
    opened.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_on_one_screen_back_shows_nothing_of_the_first_one(remembering, javascript):
    """However far back, from the network or from the pages that the browser keeps in memory."""
    page = remembering(java_script_enabled=javascript)
    page.set_default_timeout(10_000)
    _began(page, "À deux, sur un seul écran", "Professionnel")
    _filled(page, 4, note="Une note que l’autre ne doit pas lire")
    page.get_by_role("heading", name="Passez l’appareil").wait_for()
    page.get_by_role("link", name="C’est à moi, l’autre personne").click()
    page.get_by_role("heading", level=1).wait_for()
    seen = []
    for _ in range(12):
        page.go_back()
        page.wait_for_load_state()
        seen.append(page.url)
        expect(page.get_by_text("Relire ma roue")).to_have_count(0)
        expect(page.locator("fieldset.criterion input:checked")).to_have_count(0)
        assert "Une note que l’autre" not in page.content()
        if page.url.endswith("/commencer/") or page.url == "about:blank":
            break
    assert seen[-1].endswith("/commencer/")
