"""A person reads what the portal knows of them, takes it away, leaves, and comes back."""

from __future__ import annotations

import io
import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import violations
from tests.e2e.documents import document, make_documents
from tests.e2e.people import enter
from tests.e2e.test_access import overflow

HOME = "/compte/mes-donnees/"
STATES = {
    "waiting": {"state": "waiting"},
    "making": {"state": "making", "done": 3, "total": 10, "phase": "files"},
    "making without count": {"state": "making", "phase": "packing"},
    "failed": {"state": "failed", "reason": "disk"},
    "parked": {"state": "parked", "reason": "killed"},
    "ready": {"state": "ready", "file": "exports/x.zip", "filename": "x.zip", "size": 180_000},
    "expired": {"state": "expired"},
}


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light")])
@pytest.mark.parametrize("path", [HOME, f"{HOME}depart/", f"{HOME}a-bientot/"])
def test_axe_finds_nothing_and_nothing_sticks_out(visit, site, path, width, scheme):
    page = visit("/", width=width, scheme=scheme)
    enter(page, site, "member")
    page.goto(path)
    for summary in page.locator("main details > summary").all():
        summary.click()
    assert violations(page) == []
    assert overflow(page) == []


def test_a_person_takes_their_data_away_once(visit, site):
    page = visit("/")
    enter(page, site, "member", email="camille-copie@exemple.invalid")
    page.goto(HOME)
    page.get_by_text("Votre compte", exact=True).click()
    expect(page.get_by_text("camille-copie@exemple.invalid").first).to_be_visible()
    page.get_by_role("button", name="Préparer ma copie").click()
    status = page.get_by_role("status")
    expect(status).to_contain_text("En attente")
    address = page.url
    make_documents(site)
    # The page follows by itself.
    expect(status).to_contain_text("C’est prêt.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger").click()
    content = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    assert "camille-copie@exemple.invalid" in content.read("mes-donnees.html").decode()
    page.goto(address)
    expect(page.get_by_role("status")).to_contain_text("n’est plus gardé")


def test_the_same_without_javascript_by_refreshing(visit, site):
    page = visit("/", width=360, javascript=False)
    enter(page, site, "member")
    page.goto(HOME)
    page.get_by_role("button", name="Préparer ma copie").click()
    expect(page.get_by_text("En attente")).to_be_visible()
    make_documents(site)
    page.get_by_role("link", name="Actualiser").click()
    expect(page.get_by_text("C’est prêt.")).to_be_visible()


def test_a_person_leaves_with_the_keyboard_and_comes_back(visit, site):
    page = visit("/")
    enter(page, site, "member", email="camille-depart@exemple.invalid")
    page.goto(HOME)
    page.get_by_role("link", name="Voir ce qui sera effacé").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Effacer mon compte")
    page.get_by_role("button", name="Effacer mon compte").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre départ est noté")
    page.goto(HOME)
    assert "/compte/connexion/" in page.url
    # Signed in again within the seven days.
    page.context.clear_cookies()
    said = site.run(_AGAIN)
    key = next(line for line in said.splitlines() if line.startswith("session="))
    page.context.add_cookies(
        [{"name": "sessionid", "value": key.removeprefix("session="), "url": site.origin}]
    )
    page.goto("/compte/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre départ est noté")
    assert violations(page) == []
    page.get_by_role("button", name="Garder mon compte").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Vous restez")


_AGAIN = """
from django.conf import settings
from django.test import Client
from cops.accounts.models import User
from tests.accounts.people import sign_in
client = Client()
sign_in(client, User.objects.get(email="camille-depart@exemple.invalid"))
print("session=" + client.cookies[settings.SESSION_COOKIE_NAME].value)
"""


# Documents in preparation.


@pytest.mark.parametrize("fields", STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (320, "light")])
def test_axe_finds_nothing_on_a_document_in_any_state(visit, site, fields, width, scheme):
    page = visit(document(site, **fields), width=width, scheme=scheme)
    assert violations(page) == []
    assert overflow(page) == []


@pytest.fixture
def watched(visit, site):
    """A document's page under a clock of ours, and what it asks the site for."""

    def open_it(**fields):
        page = visit(document(site, **fields))
        page.clock.install()
        page.reload()
        asked: list[str] = []
        page.on(
            "request",
            lambda request: asked.append(request.url) if "/etat/" in request.url else None,
        )
        return page, asked

    return open_it


def _hide(page, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
        Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});
        document.dispatchEvent(new Event('visibilitychange')); }""",
        hidden,
    )


def test_a_page_that_is_not_looked_at_asks_nothing_and_goes_on_when_seen(watched):
    page, asked = watched(state="waiting")
    with page.expect_response("**/etat/"):
        page.clock.fast_forward(2_000)
    asked.clear()
    _hide(page, True)
    page.clock.fast_forward(60_000)
    assert asked == []
    with page.expect_response("**/etat/"):
        _hide(page, False)


def test_a_document_that_is_over_is_not_asked_for(watched):
    page, asked = watched(state="expired")
    page.clock.fast_forward(60_000)
    assert asked == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light")])
def test_axe_finds_nothing_on_the_pages_of_the_team(visit, site, width, scheme):
    for fields in STATES.values():
        document(site, **fields)
    page = visit("/", width=width, scheme=scheme)
    enter(page, site, "administrator")
    for path in ("/pilotage/", "/pilotage/exports/", "/pilotage/effacements/"):
        page.goto(path)
        assert violations(page) == []
        assert overflow(page) == []
