"""The team sees whether the portal is well, on a phone as on a screen."""

import pytest

from tests.e2e.axe import violations
from tests.e2e.people import enter


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (768, "dark"), (1280, "light")])
def test_the_health_of_the_portal_is_read_by_everybody(visit, site, width, scheme):
    page = visit("/", width=width, scheme=scheme)
    enter(page, site, "team")
    page.goto(f"{site.origin}/pilotage/sante/")
    assert page.get_by_role("heading", name="Santé du portail", level=1).is_visible()
    assert page.get_by_role("link", name="Santé du portail").get_attribute("aria-current") == "page"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
