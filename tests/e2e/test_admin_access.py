"""The administration, which the team opens seldom: axe finds nothing there either."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.people import enter

pytestmark = pytest.mark.slow


def _lists(page: Page) -> list[str]:
    """The addresses of the lists that the first page leads to."""
    links = page.locator("#content-main th a").all()
    return [link.get_attribute("href") for link in links]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_lists_and_the_forms(visit, site, scheme):
    page = visit("/", scheme=scheme)
    enter(page, site, "administrator")
    page.goto("/admin/")
    found = {"/admin/": violations(page)}
    lists = _lists(page)
    assert len(lists) >= 10
    for path in lists:
        page.goto(path)
        found[path] = violations(page)
        first = page.locator("#result_list tbody th a").first
        for form in (first, page.locator(".object-tools .addlink")):
            if form.count():
                address = form.get_attribute("href")
                page.goto(address if address.startswith("/") else path + address)
                found[re.sub(r"\d+", "N", page.url)] = violations(page)
                page.goto(path)
    said = site.run("from tests.accounts.people import person; print('member', person().pk)")
    page.goto(f"/admin/accounts/user/{said.split()[-1]}/change/")
    page.get_by_role("link", name="Effacer ce compte").click()
    expect(page.get_by_role("button", name="Effacer ce compte")).to_be_visible()
    found["/effacer/"] = violations(page)
    assert {name: faults for name, faults in found.items() if faults} == {}
