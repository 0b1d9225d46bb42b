"""A visitor proposes an experience on a phone, with the keyboard, without JavaScript."""

import pytest

from tests.e2e.axe import violations

TOLD = {
    2: {"Le besoin": "Un lieu où se parler.", "Qui agit ensemble": "Deux proches aidantes."},
    3: {"Comment cela se passe": "Une heure par mois."},
    4: {"Les effets": "Les proches se connaissent."},
    5: {"Adresse électronique": "porteuse@exemple.invalid"},
}


def _first_step(page):
    page.get_by_label("Nom de l’expérience").fill("Un café des aidants")
    page.get_by_label("Une personne, ou quelques personnes ensemble").check()
    page.get_by_label("Éducation thérapeutique").check()
    page.get_by_role("button", name="Continuer").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_experience_is_proposed_in_short_steps(visit, javascript):
    page = visit("/experiences/proposer/", width=360, touch=True, javascript=javascript)
    page.get_by_role("button", name="Continuer").click()
    assert page.title().startswith("Erreur — ")
    _first_step(page)
    for number, answers in TOLD.items():
        page.get_by_text(f"Étape {number} sur 6").wait_for()
        for label, words in answers.items():
            page.get_by_label(label).first.fill(words)
        page.get_by_role("button", name="Continuer").click()
    page.get_by_text("Étape 6 sur 6").wait_for()
    page.get_by_label("J’accepte que le COPS publie").check()
    page.get_by_role("button", name="Envoyer à l’équipe").click()
    page.get_by_text("Votre récit est bien arrivé.").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_steps_nor_in_their_errors(visit, scheme):
    page = visit("/experiences/proposer/", width=320, scheme=scheme)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Continuer").click()
    assert violations(page) == []
    _first_step(page)
    page.get_by_role("button", name="Enregistrer et finir plus tard").click()
    page.get_by_role("heading", name="Un café des aidants").wait_for()
    assert violations(page) == []
    page.get_by_role("link", name="Recevoir le lien par courriel").click()
    assert violations(page) == []


def test_a_step_is_filled_with_the_keyboard_alone(visit):
    page = visit("/experiences/proposer/")
    page.get_by_label("Nom de l’expérience").focus()
    page.keyboard.type("Un café des aidants")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_text("Étape 2 sur 6").wait_for()
