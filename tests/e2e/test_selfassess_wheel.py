"""The wheel answers too: to a pointer, to a finger, to the keyboard; it and the radios agree."""

from __future__ import annotations

import math
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from cops.charts.wheel import CENTRE, HOLE, RING
from tests.e2e.axe import violations

GRID = "/autoevaluation/soins-cliniques-et-educatifs/"


def _answering(visit, all_at_once: bool = False, **how: Any) -> Page:
    page = visit(f"{GRID}commencer/", **how)
    page.locator("input[name=mode][value=seul]").check()
    page.get_by_role("button", name="Commencer").click()
    page.get_by_role("radio", name="Patient partenaire ressource").check()
    page.get_by_role("button", name="Remplir ma roue").click()
    page.get_by_role("heading", name="Ma roue", exact=True).wait_for()
    if all_at_once:
        page.get_by_role("link", name="Tout sur une page").click()
        page.get_by_role("heading", name="Co-décision").wait_for()
    return page


def _place(page: Page, criterion: int, ring: int, across: float = 0, down: float = 0) -> Any:
    """Where on the screen the middle of a cell is, some pixels away if asked."""
    turn = math.radians(criterion * 30 + 15)
    radius = HOLE + (ring - 0.5) * RING
    svg = page.locator(".wheel-play .wheel")
    svg.scroll_into_view_if_needed()
    x, y = CENTRE + radius * math.sin(turn), CENTRE - radius * math.cos(turn)
    spot = svg.evaluate(
        "(svg, [x, y]) => { const p = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM());"
        " return [p.x, p.y]; }",
        [x, y],
    )
    return spot[0] + across, spot[1] + down


def _radio(page: Page, code: str) -> str:
    return page.evaluate(f"document.forms[document.forms.length - 1].elements.{code}.value")


def _comes(page: Page, code: str, value: str) -> None:
    """A tap becomes a click a moment later."""
    expect(page.locator(f"input[name={code}][value='{value}']")).to_be_checked()


def _reached(page: Page, criterion: int) -> int:
    drawn = page.locator(".wheel-play g[transform^=rotate]").nth(criterion).locator(".on")
    return drawn.get_attribute("d").count("M") if drawn.count() else 0


def _slider(page: Page, rank: int) -> Locator:
    return page.get_by_role("slider").nth(rank)


def test_a_click_on_a_ring_checks_the_radio_and_is_kept(visit):
    page = _answering(visit)
    page.mouse.click(*_place(page, 1, 3))
    assert _radio(page, "CE2") == "3"
    assert _reached(page, 1) == 3
    page.get_by_text("1 réponse sur 12").wait_for()
    page.reload()
    assert _radio(page, "CE2") == "3"
    assert _reached(page, 1) == 3


def test_an_answer_given_before_the_script_came_is_kept_when_it_comes(visit):
    page = _answering(visit)
    late = []
    page.route("**/assess*.js", lambda route: late.append(route), times=1)
    with page.expect_request("**/assess*.js"):
        page.reload()
    page.dispatch_event("input[name=CE1][value='3']", "click")  # a gesture that waits for nothing
    late[0].continue_()
    page.get_by_text("1 réponse sur 12").wait_for()
    page.reload()
    assert _radio(page, "CE1") == "3"
    assert _reached(page, 0) == 3


def test_a_radio_draws_the_wheel(visit):
    page = _answering(visit)
    page.locator("input[name=CE3][value='2']").check()
    assert _reached(page, 2) == 2
    expect(_slider(page, 2)).to_have_attribute("aria-valuetext", "2 — Consultation")
    page.locator("input[name=CE3][value=nc]").check()
    assert _reached(page, 2) == 0
    assert page.locator(".wheel-play .none").count() == 1
    expect(_slider(page, 2)).to_have_attribute("aria-valuetext", "Non concerné")


def test_a_press_on_another_axis_leads_to_it_and_keeps_what_was_answered(visit):
    page = _answering(visit)
    page.locator("input[name=CE1][value='4']").check()
    page.mouse.click(*_place(page, 7, 2))
    page.get_by_role("heading", name="Co-décision").wait_for()
    assert _reached(page, 0) == 4
    page.get_by_role("button", name="Co-expression").click()
    page.get_by_role("heading", name="Co-expression").wait_for()
    assert _radio(page, "CE1") == "4"


@pytest.mark.parametrize("width", [320, 360])
def test_a_circle_of_24_px_around_each_cell_takes_a_finger(visit, width):
    page = _answering(visit, all_at_once=True, width=width, touch=True)
    codes = page.locator(".wheel-play").get_attribute("data-wheel").split()
    for criterion in (0, 4, 8, 11):
        for ring in (4, 3, 2, 1):
            for angle in (0, 90, 180, 270):
                page.locator(f"input[name={codes[criterion]}][value=nc]").evaluate(
                    "radio => { radio.checked = true; }"
                )
                across, down = (12 * f(math.radians(angle)) for f in (math.cos, math.sin))
                page.touchscreen.tap(*_place(page, criterion, ring, across, down))
                _comes(page, codes[criterion], str(ring))


def test_a_finger_gives_zero_and_not_concerned_too(visit):
    page = _answering(visit, width=360, touch=True)
    spot = _place(page, 0, 1)
    page.touchscreen.tap(*spot)
    _comes(page, "CE1", "1")
    page.touchscreen.tap(*spot)
    _comes(page, "CE1", "0")
    keys = page.get_by_role("group", name="Niveau du critère choisi sur la roue")
    keys.get_by_role("button", name="Non concerné").tap()
    _comes(page, "CE1", "nc")
    keys.get_by_role("button", name="4, Partenariat").tap()
    _comes(page, "CE1", "4")
    for button in keys.get_by_role("button").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 24


def test_the_wheel_is_answered_with_the_keyboard_alone(visit):
    page = _answering(visit)
    first = _slider(page, 0)
    expect(first).to_have_attribute("aria-valuetext", "pas encore répondu")
    first.focus()
    said = []
    for key in ("ArrowUp", "ArrowRight", "End", "ArrowUp", "ArrowDown", "Home", "ArrowLeft", "n",
                "ArrowUp", "3", "Delete"):  # fmt: skip
        page.keyboard.press(key)
        said.append(_radio(page, "CE1"))
    assert said == ["1", "2", "4", "4", "3", "0", "0", "nc", "1", "3", "nc"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Partager")
    # Seen where it stands, by its own frame.
    width = page.evaluate(
        "getComputedStyle(document.activeElement.querySelector('.frame')).strokeWidth"
    )
    assert float(width.removesuffix("px")) >= 3
    page.keyboard.press("4")
    page.get_by_text("2 réponses sur 12").wait_for()
    assert _radio(page, "CE2") == "4"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_wheel_that_answers(visit, scheme):
    for all_at_once, sliders in ((False, 3), (True, 12)):
        page = _answering(visit, all_at_once=all_at_once, scheme=scheme)
        expect(page.get_by_role("slider")).to_have_count(sliders)
        page.mouse.click(*_place(page, 0, 2))
        assert violations(page) == []


def test_without_javascript_the_wheel_is_a_picture_redrawn_by_a_button(visit):
    page = _answering(visit, javascript=False)
    assert page.get_by_role("slider").count() == 0
    page.locator("input[name=CE1][value='3']").check()
    page.get_by_role("button", name="Dessiner ma roue").click()
    assert _reached(page, 0) == 3
    assert page.get_by_role("img", name="Votre roue").count() == 1
