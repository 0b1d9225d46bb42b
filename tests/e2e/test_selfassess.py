"""A professional and a partner patient assess their partnership: two screens, one code."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations

GRID = "/autoevaluation/soins-cliniques-et-educatifs/"


def _open(visit, **how) -> Page:
    page = visit(f"{GRID}commencer/", **how)
    page.get_by_role("radio", name="À deux, chacun son écran").check()
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("heading", name="Invitez l’autre personne").wait_for()
    return page


def _join(page: Page, role: str) -> None:
    page.get_by_role("radio", name=role).check()
    page.get_by_role("button", name="Remplir ma roue").click()
    page.get_by_role("heading", name="Ma roue", exact=True).wait_for()


def _fill(page: Page, level: int, first: int) -> None:
    """The four axes, one after the other; the first criterion has a level of its own."""
    for axis in range(4):
        groups = page.locator("fieldset.criterion")
        for rank in range(3):
            wanted = first if (axis, rank) == (0, 0) else level
            groups.nth(rank).locator(f"input[value='{wanted}']").check()
        page.get_by_role("button", name="Relire ma roue" if axis == 3 else "Axe suivant").click()
    page.get_by_role("heading", name="Relire ma roue").wait_for()
    page.get_by_role("button", name="J’ai terminé").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_pair_answers_on_two_screens_that_turn_over_together(visit, javascript):
    nurse = _open(visit, width=360, touch=True, javascript=javascript)
    code = nurse.locator(".code-said").inner_text()
    nurse.get_by_role("link", name="Remplir ma roue").click()
    _join(nurse, "Professionnel partenaire")
    _fill(nurse, 3, 4)
    nurse.get_by_role("heading", name="Votre roue est prête").wait_for()

    partner = visit("/autoevaluation/code/", javascript=javascript)
    partner.get_by_label("Le code").fill(code.lower())
    partner.get_by_role("button", name="Ouvrir").click()
    _join(partner, "Patient partenaire ressource")
    _fill(partner, 3, 0)
    partner.get_by_role("heading", name="Nos deux roues").wait_for()
    if not javascript:
        nurse.get_by_role("link", name="Actualiser").click()
    # Within three seconds of the last one sent, both screens show the same.
    nurse.get_by_role("heading", name="Nos deux roues").wait_for()
    for page in (nurse, partner):
        page.get_by_text("Vous voyez 11 critères de la même façon.").wait_for()
        page.get_by_role("heading", name="Pour en parler").wait_for()

    nurse.get_by_role("link", name="Commencer ensemble").click()
    nurse.locator("input[value='3']").check()
    nurse.get_by_role("button", name="D’accord, critère suivant").click()
    nurse.get_by_text("Critère 2 sur 12").wait_for()
    nurse.get_by_role("link", name="Aller aux décisions").click()
    nurse.get_by_label("Quoi").first.fill("Relire le livret à deux")
    nurse.get_by_role("button", name="Garder nos décisions").click()
    nurse.get_by_text("Relire le livret à deux").wait_for()


@pytest.mark.parametrize("javascript", [True, False])
def test_who_keeps_their_link_meanwhile_is_told_of_the_turn_and_loses_no_word(visit, javascript):
    nurse = _open(visit, width=360, touch=True, javascript=javascript)
    code = nurse.locator(".code-said").inner_text()
    nurse.get_by_role("link", name="Remplir ma roue").click()
    _join(nurse, "Professionnel partenaire")
    _fill(nurse, 3, 4)
    nurse.get_by_role("link", name="Garder mon lien").click()
    nurse.get_by_label("Votre adresse électronique").press_sequentially("nadia@exe")
    told = nurse.get_by_text("Les roues sont retournées")

    partner = visit("/autoevaluation/code/", javascript=javascript)
    partner.get_by_label("Le code").fill(code)
    partner.get_by_role("button", name="Ouvrir").click()
    _join(partner, "Patient partenaire ressource")
    expect(told).to_have_count(0)
    _fill(partner, 3, 0)
    partner.get_by_role("heading", name="Nos deux roues").wait_for()
    if javascript:
        expect(told).to_be_visible(timeout=3_000)
        assert violations(nurse) == []
    expect(nurse.get_by_label("Votre adresse électronique")).to_have_value("nadia@exe")
    if not javascript:
        nurse.reload()
    nurse.get_by_role("link", name="voir", exact=True).click()
    nurse.get_by_role("heading", name="Nos deux roues").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_all_fits_a_narrow_screen(visit, scheme):
    page = visit("/autoevaluation/", width=320, scheme=scheme)
    for address in (GRID, "/autoevaluation/code/", f"{GRID}commencer/"):
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.goto(address)
    assert violations(page) == []
    page.get_by_role("button", name="Commencer").click()
    assert violations(page) == []
    page.get_by_role("link", name="Remplir ma roue").click()
    assert violations(page) == []
    _join(page, "Professionnel partenaire")
    assert violations(page) == []
    page.get_by_role("button", name="Axe suivant").click()
    page.get_by_role("alert").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_wheel_is_filled_with_the_keyboard_alone(visit):
    page = _open(visit)
    page.get_by_role("link", name="Remplir ma roue").focus()
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Professionnel partenaire").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Ma roue", exact=True).wait_for()
    first = page.locator("fieldset.criterion").first.locator("input").first
    first.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_text("1 réponse sur 12").wait_for()
