"""What every page keeps: axe finds nothing, it fits a narrow screen, it has its landmarks."""

import itertools

import pytest
from playwright.sync_api import Page

from tests.e2e.axe import violations

PAGES = {
    "home": "/",
    "library": "/ressources/",
    "library filtered": "/ressources/?genre=mission&theme=etp",
    "library empty": "/ressources/?q=xyzzyx",
    "agir": "/ressources/agir-soins-cliniques-et-educatifs/",
    "mission": "/ressources/mission-2-education-therapeutique-du-patient/",
    "guide": "/ressources/usagers-partenaires-avenir-du-soin/",
    "repere": "/ressources/sengager-dans-le-partenariat/",
    "falc": "/ressources/sengager-dans-le-partenariat/falc/",
    "search": "/recherche/?q=ETP",
    "search empty": "/recherche/",
    "search nothing": "/recherche/?q=xyzzyx",
    "lexicon": "/lexique/",
    "term": "/lexique/patient-partenaire/",
    "quizzes": "/quiz/",
    "quiz": "/quiz/ce-qui-nous-rassemble/",
    "quiz all": "/quiz/ce-qui-nous-rassemble/?vue=tout",
    "quiz meeting": "/quiz/ce-qui-nous-rassemble/?vue=animation",
    "arguments": "/argumentaires/",
    "contact": "/contact/",
    "cops": "/le-cops/",
    "legal": "/mentions-legales/",
    "privacy": "/donnees-personnelles/",
    "accessibility": "/accessibilite/",
    "site map": "/plan-du-site/",
    "components": "/composants/",
}
SPACED = """
*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
p{margin-bottom:2em!important}
"""


def overflow(page: Page) -> list[str]:
    """The elements that stick out to the right, unless a parent scrolls on purpose."""
    return page.evaluate(
        """() => {
        const wide = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= wide) return [];
        return [...document.querySelectorAll('body *')]
          .filter(e => e.getBoundingClientRect().right > wide + 1)
          .slice(0, 5).map(e => e.outerHTML.slice(0, 120));
        }"""
    )


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_in_light_nor_in_dark(visit, path):
    page = visit(path)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_on_a_phone_and_nothing_sticks_out_at_320_px(visit, path):
    page = visit(path, width=320, height=256)
    assert overflow(page) == []
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_has_its_landmarks_one_h1_and_no_skipped_level(visit, path):
    page = visit(path, javascript=False)
    assert page.locator("html").get_attribute("lang") == "fr"
    assert page.title().endswith("— COPS")
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    if path.endswith("vue=animation"):
        # Shown on a wall: no header nor footer, and a way out.
        assert page.locator("main a", has_text="Quitter").is_visible()
    else:
        assert page.locator("body > header, header[role=banner]").count() == 1
        assert page.locator("body > footer").is_visible()
    levels = page.locator("h1,h2,h3,h4,h5,h6").evaluate_all("all => all.map(e => +e.tagName[1])")
    jumps = [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
    assert jumps == []


@pytest.mark.parametrize(
    "name", ["home", "library", "agir", "mission", "lexicon", "quiz", "search"]
)
def test_nothing_is_cut_when_the_reader_spaces_the_text(visit, name):
    page = visit(PAGES[name], width=640, height=512)
    page.evaluate(
        """css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet]; }""",
        SPACED,
    )
    assert overflow(page) == []


@pytest.mark.parametrize("name", ["home", "library", "agir", "lexicon", "quiz"])
def test_each_stop_of_the_keyboard_is_seen_and_none_is_a_trap(visit, name):
    page = visit(PAGES[name])
    seen = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const e = document.activeElement; if (!e || e === document.body) return null;
            const s = getComputedStyle(e), r = e.getBoundingClientRect();
            return {id: [...document.querySelectorAll('*')].indexOf(e), width: r.width,
                    outline: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2}; }"""
        )
        if stop is None:
            break
        if seen and stop["id"] == seen[0]["id"]:
            break
        seen.append(stop)
    assert len(seen) > 8
    ids = [stop["id"] for stop in seen]
    assert ids == sorted(ids), "l’ordre du clavier n’est pas celui de la page"
    assert all(stop["outline"] for stop in seen)


def test_error_page_is_kind_and_has_a_search_box(visit):
    page = visit("/ressources/cette-fiche-n-existe-pas/", expect=404)
    assert violations(page) == []
    assert page.locator("input[type=search]").count() >= 1


def test_a_forced_colour_page_keeps_its_wheel_readable(visit):
    page = visit("/", forced_colors="active")
    assert violations(page) == []
