"""Two screens at the joint moment: each shows what the other kept, and leaves what is typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.assessments import two_screens
from tests.e2e.axe import violations
from tests.e2e.test_access import overflow


@pytest.fixture
def screens(visit, site):
    def two(page: str, *, javascript: bool = True):
        return [
            visit(f"{address}{page}", width=width, javascript=javascript)
            for address, width in zip(two_screens(site), (320, 1280), strict=True)
        ]

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
