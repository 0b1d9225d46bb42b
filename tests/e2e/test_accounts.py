"""The account in a browser: opened, entered and kept safe; by keyboard, narrow, without script."""

from __future__ import annotations

import re
import time
from itertools import count

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.e2e.axe import violations
from tests.e2e.people import enter
from tests.e2e.portal import Portal
from tests.e2e.test_access import overflow

DOORS = [
    "/compte/connexion/",
    "/compte/connexion/code/",
    "/compte/inscription/",
    "/compte/inscription/cle/",
    "/compte/mot-de-passe/oubli/",
    "/compte/au-revoir/",
    "/compte/ferme/",
    "/compte/demonstration/",
    "/conditions-d-utilisation/",
]
ROOMS = [
    "/compte/",
    "/compte/nom/",
    "/compte/adresse/",
    "/compte/mot-de-passe/",
    "/compte/securite/",
    "/compte/securite/second-facteur/",
    "/compte/securite/application/",
    "/compte/securite/cles/",
    "/compte/securite/cles/ajout/",
    "/compte/sessions/",
    "/compte/accords/",
    "/compte/conditions/",
    "/compte/identites/",
    "/compte/verification/code/",
    "/compte/verification/mot-de-passe/",
    "/compte/deconnexion/",
]
PASSWORD = "une phrase assez longue"
_numbers = count(1)

_CODE = """
from tests.accounts.people import code_sent_to
print("code=" + code_sent_to({email!r}))
"""
_PERSON = """
from tests.accounts.people import person
user = person({role!r}, email={email!r})
"""
_SECRET = """
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
found = Authenticator.objects.get(user__email={email!r}, type="totp")
print("code=" + decrypt(found.data["secret"]))
"""


def told(site: Portal, script: str, email: str, **more: str) -> str:
    said = site.run(script.format(email=email, **more))
    found = re.search(r"^code=(\S+)$", said, re.MULTILINE)
    return found[1] if found else ""


def new_address() -> str:
    return f"navigateur{next(_numbers)}@exemple.fr"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_the_door(visit, scheme):
    page = visit(DOORS[0], scheme=scheme)
    for address in DOORS:
        page.goto(address)
        assert violations(page) == [], address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_inside(visit, site, scheme):
    page = visit("/", scheme=scheme)
    enter(page, site, "member")
    for address in ROOMS:
        page.goto(address)
        assert violations(page) == [], address


def test_every_page_fits_a_narrow_screen(visit, site):
    page = visit("/", width=320, height=256)
    for address in DOORS:
        page.goto(address)
        assert overflow(page) == [], address
    enter(page, site, "member")
    for address in ROOMS:
        page.goto(address)
        assert overflow(page) == [], address


def test_an_account_is_opened_with_a_code_without_script_on_a_small_screen(visit, site):
    page = visit("/", width=320, javascript=False)
    email = new_address()
    page.get_by_role("link", name="Se connecter").click()
    page.get_by_role("link", name="Ouvrir un compte").click()
    page.get_by_role("button", name="Ouvrir mon compte").click()
    expect(page.get_by_role("alert")).to_contain_text("Rien n’est perdu")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("J’accepte les conditions d’utilisation").check()
    page.get_by_role("button", name="Ouvrir mon compte").click()
    page.get_by_label("Le code reçu par courriel").fill("BBBB-BBBB")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("alert")).to_contain_text("Ce n’est pas le bon code")
    page.get_by_label("Le code reçu par courriel").fill(told(site, _CODE, email))
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")
    page.get_by_role("link", name="Se déconnecter").click()
    page.get_by_role("button", name="Me déconnecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("À bientôt")


def test_one_comes_in_by_code_with_the_keyboard_alone(visit, site):
    email = new_address()
    told(site, _PERSON, email, role="member")
    page = visit("/compte/connexion/code/")
    page.get_by_label("Adresse électronique").focus()
    page.keyboard.type(email)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tapez le code reçu")
    _tab_to(page, "code")
    page.keyboard.type(told(site, _CODE, email))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Conditions d’utilisation")
    _tab_to(page, "agree")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mon compte")


def _tab_to(page: Page, name: str) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"{name}: not reached with the keyboard")


def test_the_team_comes_in_with_its_application_of_codes(visit, site):
    email = new_address()
    told(site, _PERSON, email, role="team")
    secret = told(site, _SECRET, email)
    page = visit("/admin/")
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("textbox", name="Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Me connecter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("La seconde preuve")
    assert violations(page) == []
    page.get_by_label("Le code de votre application").fill(_code_of(page, secret))
    page.get_by_role("button", name="Entrer").click()
    page.get_by_label("J’ai lu ce texte et je l’accepte").check()
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))


def _code_of(page: Page, secret: str) -> str:
    """The code of the application, with time enough to send it."""
    left = 30 - time.time() % 30
    if left < 10:
        page.wait_for_timeout(left * 1000)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_passkey_is_added_and_opens_the_account_alone(visit, site):
    page = visit("/")
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    enter(page, site, "team")
    page.goto("/compte/securite/cles/ajout/")
    page.get_by_label("Nom de la clé").fill("Mon téléphone")
    page.get_by_role("button", name="Créer la clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes codes de secours")
    assert violations(page) == []
    page.goto("/compte/securite/cles/")
    expect(page.get_by_role("heading", name="Mon téléphone")).to_be_visible()
    assert violations(page) == []
    page.goto("/compte/deconnexion/")
    page.get_by_role("button", name="Me déconnecter").click()
    page.goto("/compte/connexion/?next=/admin/")
    page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    page.get_by_label("J’ai lu ce texte et je l’accepte").check()
    page.get_by_role("button", name="Continuer").click()
    page.goto("/admin/")  # a passkey is a second factor by itself: nothing more is asked
    expect(page).to_have_url(re.compile(r"/admin/$"))


def test_the_header_tells_who_is_in_on_every_page(visit, site):
    page = visit("/lexique/")
    expect(page.get_by_role("link", name="Se connecter")).to_be_visible()
    assert page.context.cookies() == []
    enter(page, site, "member")
    page.goto("/lexique/")
    expect(page.get_by_role("link", name="Mon compte")).to_be_visible()
