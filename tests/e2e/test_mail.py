"""Mails in a browser: the box of the demonstration, the way out, the team's page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cops.embedded.mailbox import Folder, Received
from tests.e2e.axe import violations
from tests.e2e.people import enter
from tests.e2e.portal import Portal

MAIL = """Delivered-To: {to}
From: COPS <cops@example.org>
To: {to}
Subject: {subject}
Content-Type: multipart/alternative; boundary="part"

--part
Content-Type: text/plain; charset="utf-8"

Bonjour,

    {code}

--part
Content-Type: text/html; charset="utf-8"

<!doctype html><html lang="fr"><head><title>{subject}</title></head>
<body style="margin:0"><p style="color:#1e2227">Bonjour, voici {code}</p>{more}</body></html>
--part--
"""
SEED = """
from django.utils import timezone
from cops.mail.models import Message
from cops.mail.suppressions import suppression_add
def mail(number, **values):
    Message.objects.create(**dict(
        to=f"personne{number}@" + "un-hopital-au-nom-interminable." * 3 + "example.org",
        category="mesure", bulk=False, template="x", subject="Inscription " + "longue-" * 12,
        text="Bonjour", dedupe_key=f"e2e:{number}", not_before=None, reason="452 4.2.2 over quota",
    ) | values)
Message.objects.all().delete()
mail(1, state="retry", attempts=5)
mail(2, state="retry", attempts=5)
mail(3, state="uncertain", bulk=True)
mail(4, state="refused", settled_at=timezone.now())
suppression_add(address="partie@example.org", category="todo", reason="opt_out")
"""
TOKEN = """
from cops.mail.unsubscribing import Wish, wish_token
print("token=" + wish_token(Wish("jeanne@example.org", "todo")))
"""
TEAM = "/pilotage/courriels/"


@pytest.fixture
def arrive(site: Portal) -> Callable[..., str]:
    """A mail comes into the box; its name."""
    folder = Folder(Path(site.environment["E2E_FOLDER"]) / "mail")

    def put(
        subject: str, code: str = "KXTP-DWQM", to: str = "jeanne@example.org", more: str = ""
    ) -> str:
        content = MAIL.format(subject=subject, code=code, to=to, more=more).replace("\n", "\r\n")
        folder.keep(Received("cops@example.org", (to,), content.encode()))
        return max(path.stem for path in folder.path.glob("*.eml"))

    return put


def _fits(page: Page, width: int) -> bool:
    return page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_code_shows_by_itself_and_is_copied_by_its_button(visit, arrive):
    page = visit("/courriels/")
    arrive("Votre code tout neuf", "ABCD-EFGH")
    expect(page.get_by_role("link", name="Votre code tout neuf")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Nouveau courriel : Votre code tout neuf")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copier le code ABCD-EFGH").first.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Code copié.")
    assert page.evaluate("navigator.clipboard.readText()") == "ABCD-EFGH"


def test_the_box_needs_no_javascript(visit, arrive):
    arrive("Sans JavaScript", "JKLM-NPQR")
    page = visit("/courriels/", javascript=False)
    page.get_by_role("link", name="Sans JavaScript").click()
    assert page.locator("code").inner_text() == "JKLM-NPQR"
    frame = page.frame_locator("iframe")
    assert frame.get_by_text("Bonjour, voici JKLM-NPQR").is_visible()


def test_nothing_in_a_mail_runs_or_loads(browser, site, arrive):
    name = arrive("Hostile", more="<script>document.title = 'ran'</script><img src='/favicon.ico'>")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = f"{site.origin}/courriels/{name}/html/"
    page.goto(address)
    assert page.title() == "Hostile"
    assert asked == [address]
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_the_box(visit, arrive, scheme, width):
    arrive("Un objet " + "interminable-" * 12, to=f"{'a' * 60}@{'b' * 60}.example.org")
    page = visit("/courriels/", width=width, scheme=scheme)
    assert violations(page) == []
    assert _fits(page, width)
    page.locator(".mail-card a").first.click()
    assert violations(page) == []
    assert _fits(page, width)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_person_stops_a_letter_and_takes_it_back(visit, site, javascript):
    said = site.run(TOKEN)
    token = next(line for line in said.splitlines() if line.startswith("token="))
    path = f"/courriels/arret/{token.removeprefix('token=')}/"
    page = visit(path, width=320, javascript=javascript)
    if javascript:
        assert violations(page) == []
        assert _fits(page, 320)
    page.get_by_role("button", name="Ne plus recevoir").click()
    assert page.get_by_role("heading", name="C’est noté").is_visible()
    if javascript:
        assert violations(page) == []
    page.get_by_role("button", name="Les recevoir à nouveau").click()
    assert page.get_by_role("heading", name="Ne plus recevoir ces courriels ?").is_visible()


def test_the_team_decides(visit, site):
    site.run(SEED)
    page = visit("/")
    enter(page, site, "team")
    page.goto(TEAM)
    assert page.get_by_role("heading", name="À décider (3)").is_visible()
    page.get_by_role("button", name="Renvoyer à personne1@").click()
    assert page.get_by_text("Le courriel repart.").is_visible()
    page.get_by_role("button", name="Ne pas envoyer à personne3@").click()
    assert page.get_by_text("Le courriel ne sera pas envoyé.").is_visible()
    assert page.get_by_role("heading", name="À décider (1)").is_visible()
    page.get_by_label("Adresse électronique").fill("partie@example.org")
    page.get_by_role("button", name="Chercher", exact=True).click()
    assert violations(page) == []
    page.get_by_role("button", name="Lui écrire de nouveau").click()
    assert page.get_by_text("L’adresse reçoit de nouveau").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_page_of_the_team(visit, site, scheme, width):
    site.run(SEED)
    page = visit("/", width=width, scheme=scheme)
    enter(page, site, "team")
    page.goto(TEAM)
    assert violations(page) == []
    assert _fits(page, width)
    page.get_by_label("Adresse électronique").fill("personne")
    page.locator("form").filter(has=page.get_by_label("Adresse électronique")).evaluate(
        "form => { form.noValidate = true; form.requestSubmit(); }"
    )
    page.wait_for_selector("[data-errors]")
    assert violations(page) == []
    assert page.title().startswith("Erreur — ")
