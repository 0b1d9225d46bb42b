"""Two screens at the joint moment: each shows what the other kept, and leaves what is typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.assessments import two_screens
from tests.e2e.axe import violations
from tests.e2e.test_access import overflow

FOLLOWED = 3_000  # milliseconds: « the pages follow each other within 3 s »


@pytest.fixture
def screens(visit, site):
    def two(*pages: str, javascript: bool = True, again: bool = False):
        addresses = two_screens(site, again=again)
        return [
            visit(f"{address}{page}", width=width, javascript=javascript)
            for address, page, width in zip(addresses, pages * (2 // len(pages)), (320, 1280),
                                            strict=True)
        ]  # fmt: skip

    return two


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_decision_kept_on_one_screen_comes_to_the_other_that_is_being_typed_on(
    screens, javascript
):
    nurse, partner = screens("decisions/", javascript=javascript)
    nurse.locator("[name='form-0-what']").fill("Inviter Lé")
    partner.locator("[name='form-0-what']").fill("Relire le livret à deux")
    partner.get_by_role("button", name="Garder nos décisions").click()
    expect(partner.get_by_role("heading", name="Notre roue commune")).to_be_visible()
    if not javascript:
        nurse.get_by_role("button", name="Actualiser").click()
    expect(nurse.locator("#deja-garde")).to_contain_text("Relire le livret à deux")
    expect(nurse.locator("[name='form-0-what']")).to_have_value("Inviter Lé")
    nurse.get_by_role("button", name="Garder nos décisions").click()
    for what in ("Relire le livret à deux", "Inviter Lé"):
        expect(nurse.locator(".decided")).to_contain_text(what)
    if javascript:
        expect(partner.locator(".decided")).to_contain_text("Inviter Lé")


def test_a_sentence_written_on_one_screen_comes_to_the_other_beside_the_level(screens):
    nurse, partner = screens("ensemble/?n=1")
    partner.locator("input[name='value'][value='2']").check()
    partner.locator("[name='sentence']").fill("On ne se l’était jamais dit.")
    partner.get_by_role("button", name="D’accord").click()
    expect(nurse.get_by_text("On ne se l’était jamais dit.")).to_be_visible()
    expect(nurse.locator("[name='sentence']")).to_have_value("")


def test_a_decision_too_long_is_said_where_it_is_and_in_the_summary(screens):
    nurse, _ = screens("decisions/")
    nurse.locator("[name='form-1-what']").fill("a" * 500)
    nurse.get_by_role("button", name="Garder nos décisions").click()
    summary = nurse.get_by_role("alert").get_by_role("link")
    expect(summary).to_contain_text("Quoi, décision 2")
    expect(nurse).to_have_title("Erreur — Ce que nous décidons — COPS")
    expect(nurse.get_by_label("Quoi, décision 2")).to_have_value("a" * 500)
    assert violations(nurse) == []
    assert overflow(nurse) == []


def test_the_whole_joint_page_follows_the_other_screen(screens):
    """The wheel, the words, the table and the sentence never say two things."""
    talking, shown = screens("ensemble/?n=1", "commun/", again=True)
    table = shown.locator("table.marks-words tbody tr").first
    expect(table).to_contain_text("1 — Information")
    expect(shown.get_by_text("Au même niveau que la dernière fois.")).to_be_visible()
    talking.locator("input[name='value'][value='4']").check()
    talking.locator("[name='sentence']").fill("On se le dit, maintenant.")
    talking.get_by_role("button", name="D’accord").click()
    expect(table).to_contain_text("4 — Partenariat", timeout=FOLLOWED)
    expect(shown.get_by_text("On se le dit, maintenant.")).to_be_visible()
    expect(shown.get_by_text("En hausse de 3 depuis la dernière fois.")).to_be_visible()
    expect(shown.get_by_text("Au même niveau que la dernière fois.")).to_have_count(0)
    assert violations(shown) == []


def test_what_follows_leaves_the_folds_and_the_focus_of_this_screen(screens):
    talking, shown = screens("ensemble/?n=1", "commun/", again=True)
    fold = shown.locator("details", has_text="Les niveaux communs, en tableau")
    fold.locator("summary").click()
    words = shown.locator("details", has_text="Le tableau, critère par critère")
    words.locator("summary").click()
    button = shown.get_by_role("group", name="Inviter Léa").get_by_role("button", name="En partie")
    button.focus()
    talking.locator("input[name='value'][value='4']").check()
    talking.get_by_role("button", name="D’accord").click()
    expect(fold.locator("tbody tr").first).to_contain_text("4", timeout=FOLLOWED)
    expect(fold).to_have_attribute("open", "")
    expect(words).not_to_have_attribute("open", "")
    expect(button).to_be_focused()
    # Pressed after that, it still says what became of this decision.
    button.press("Enter")
    expect(shown.locator("button[aria-pressed='true']")).to_have_text("En partie")


def test_the_keyboard_stays_on_the_part_of_which_the_link_it_was_on_is_gone(screens):
    talking, shown = screens("ensemble/?n=1", "commun/")
    shown.get_by_role("link", name="Commencer ensemble").focus()
    talking.locator("input[name='value'][value='4']").check()
    talking.get_by_role("button", name="D’accord").click()
    expect(shown.get_by_role("img", name="Votre roue commune")).to_be_visible(timeout=FOLLOWED)
    expect(shown.get_by_role("link", name="Commencer ensemble")).to_have_count(0)
    expect(shown.locator("#pose")).to_be_focused()


def test_a_decision_of_last_time_ticked_on_one_screen_is_ticked_on_the_other(screens):
    one, other = screens("commun/", again=True)
    one.get_by_role("group", name="Relire le livret").get_by_role("button", name="Fait").click()
    there = other.get_by_role("group", name="Relire le livret").get_by_role("button", name="Fait")
    expect(there).to_have_attribute("aria-pressed", "true", timeout=FOLLOWED)
