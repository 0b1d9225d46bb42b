"""The journeys of the self-assessment, from the first page to the evolution six months later.

A nurse on her phone and a partner patient who has nothing but a keyboard; the same without
JavaScript; and a group of twelve with the screen of its meeting room.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.hands import Keys, Pointer
from tests.e2e.portal import Portal

HOME = "/autoevaluation/"
GRID = "/autoevaluation/soins-cliniques-et-educatifs/"
CODES = [f"{axis}{rank}" for axis in ("CE", "CC", "CD", "CM") for rank in (1, 2, 3)]
DECIDED = ("Relire le livret à deux", "Se voir chaque mois", "Inviter Léa")
TURNED = 3_000  # milliseconds: « the pages follow each other within 3 s »
Hand = Pointer | Keys


def _fill(hand: Hand, levels: dict[str, str], level: str = "3") -> None:
    """One axis per step, then look at it again and send it."""
    for axis in range(4):
        expect(hand.page.get_by_text(f"Étape {axis + 1} sur 4").first).to_be_attached()
        for code in CODES[3 * axis : 3 * axis + 3]:
            hand.choose(code, levels.get(code, level))
        hand.press("Relire ma roue" if axis == 3 else "Axe suivant")
    expect(hand.page.get_by_role("heading", name="Relire ma roue")).to_be_visible()
    hand.press("J’ai terminé")


def _agree(hand: Hand, levels: dict[str, str]) -> None:
    """The joint moment from its first criterion to the decisions, all of them on this screen."""
    for number, code in enumerate(CODES, start=1):
        expect(hand.page.get_by_text(f"Critère {number} sur 12")).to_be_visible()
        hand.choose("value", levels.get(code, "3"))
        if code == "CE1":
            hand.write("sentence", "On ne se l’était jamais dit.")
        hand.press("D’accord")
    expect(hand.page.get_by_role("heading", name="Ce que nous décidons")).to_be_visible()


def _six_months_pass(site: Portal) -> str:
    """The calendar of the portal moves on, its mails of the morning leave; gives their link."""
    said = site.run(_SIX_MONTHS)
    found = re.search(r"LINK=http://[^/]+(/autoevaluation/\S+)", said)
    assert found is not None, said
    return found[1]


_SIX_MONTHS = """
from datetime import timedelta
from django.db.models import F
from cops.mail.models import Message
from selfassess.models import Assessment, Reminder
from selfassess.services.reminders import reminders_send
gone = timedelta(days=183)
Assessment.objects.update(opened_at=F("opened_at") - gone, revealed_at=F("revealed_at") - gone)
Reminder.objects.update(due_on=F("due_on") - gone)
reminders_send()
print("LINK=" + Message.objects.filter(category="selfassess").latest("pk").text.split("http", 1)[1]
      .split()[0].join(["http", ""]))
"""


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_nurse_on_her_phone_and_a_partner_with_a_keyboard_from_start_to_six_months_later(
    visit, site, javascript
):
    nurse = Pointer(visit(HOME, width=360, height=740, touch=True, javascript=javascript))
    partner = Keys(visit(HOME, javascript=javascript))

    # She opens it and shows the code; the partner scans it, or types what is said aloud.
    nurse.follow("Commencer : S’auto-évaluer : les soins cliniques et éducatifs")
    nurse.choose("mode", "a-deux")
    nurse.press("Commencer")
    expect(nurse.page.get_by_role("heading", name="Invitez l’autre personne")).to_be_visible()
    expect(nurse.page.get_by_role("img", name="Code QR du lien")).to_be_visible()
    code = nurse.page.locator(".code-said").inner_text()
    nurse.follow("Remplir ma roue")
    _join(nurse, "professionnel", "Nadia")

    partner.follow("Entrer un code")
    partner.write("code", code.lower().replace("-", " "))
    partner.press("Ouvrir")
    _join(partner, "partenaire", "Paul")

    # Each alone.
    _fill(nurse, {"CE1": "4", "CM3": "nc"})
    expect(nurse.page.get_by_role("heading", name="Votre roue est prête")).to_be_visible()
    expect(nurse.page.get_by_text("1 sur 2 a terminé")).to_be_visible()
    _fill(partner, {"CE1": "0", "CD1": "1", "CD2": "1", "CD3": "1", "CM3": "nc"})

    # Both screens turn over together.
    _turned(nurse, partner, javascript)
    for hand in (nurse, partner):
        expect(hand.page.get_by_text("Vous voyez 8 critères de la même façon.")).to_be_visible()
        talk = hand.page.locator("article.talk")
        assert talk.count() == 4
        expect(talk.first.locator("li")).to_have_count(2)

    # They agree, on two screens, then decide three things.
    nurse.follow("Commencer ensemble")
    nurse.choose("value", "1")
    nurse.press("D’accord")
    partner.follow("Commencer ensemble")
    expect(partner.page.get_by_text("Niveau posé : 1 —")).to_be_visible()
    _agree(partner, {"CE1": "2", "CD1": "1", "CD2": "1", "CM3": "nc"})
    for number, what in enumerate(
        ("Relire le livret à deux", "Se voir chaque mois", "Inviter Léa")
    ):
        partner.write(f"form-{number}-what", what)
        partner.write(f"form-{number}-who", "Nadia et Paul")
    partner.press("Garder nos décisions")
    for what in DECIDED:
        expect(partner.page.get_by_text(what)).to_be_visible()
    expect(partner.page.get_by_role("img", name="Votre roue commune")).to_be_visible()

    # A reminder, and six months.
    partner.follow("Nous le rappeler dans six mois")
    partner.write("email", "paul@exemple.invalid")
    partner.press("Me prévenir")
    expect(partner.page.get_by_text("C’est noté.")).to_be_visible()
    link = _six_months_pass(site)

    # They do it again, and see what moved.
    partner.page.goto(link)
    partner.press("Recommencer")
    expect(partner.page.get_by_role("heading", name="Invitez l’autre personne")).to_be_visible()
    invitation = partner.page.locator(".link-said").first.inner_text()
    partner.follow("Remplir ma roue")
    _join(partner, "partenaire", "Paul")
    nurse.page.goto(invitation)  # scanned
    _join(nurse, "professionnel", "Nadia")
    _fill(partner, {})
    _fill(nurse, {"CE1": "4"})
    _turned(partner, nurse, javascript)
    partner.follow("Commencer ensemble")
    _agree(partner, {"CE1": "4", "CE2": "4"})
    partner.press("Garder nos décisions")
    expect(partner.page.get_by_role("heading", name="Ce qui a bougé")).to_be_visible()
    expect(partner.page.locator(".small-wheels svg")).to_have_count(2)
    expect(partner.page.get_by_text("En hausse de 1 depuis la dernière fois.")).to_be_visible()
    expect(partner.page.get_by_text("Relire le livret à deux")).to_be_visible()
    partner.press("Fait")
    expect(partner.page.locator("button[aria-pressed='true']")).to_have_text("Fait")


def _join(hand: Hand, role: str, name: str = "") -> None:
    hand.choose("role", role)
    if name:
        hand.write("name", name)
    hand.press("Remplir ma roue")
    expect(hand.page.get_by_role("heading", name="Ma roue", exact=True)).to_be_visible()


def _turned(first: Hand, last: Hand, javascript: bool) -> None:
    """The last one sent; the first one's screen follows by itself, or by its button."""
    if not javascript:
        first.follow("Actualiser")
    expect(first.page.get_by_role("heading", name="Nos deux roues")).to_be_visible(timeout=TURNED)
    expect(last.page.get_by_role("heading", name="Nos deux roues")).to_be_visible()


def test_what_one_screen_of_the_joint_moment_says_is_shown_at_once_on_the_other(visit):
    pages = []
    page = visit(f"{GRID}commencer/", width=360, touch=True)
    page.get_by_role("button", name="Commencer").click()
    invitation = page.locator(".link-said").first.inner_text()
    for role in ("professionnel", "partenaire"):
        other = visit(invitation)
        _join(Pointer(other), role, "")
        _all_at_once(other, "3")
        pages.append(other)
    one, two = pages
    for screen in pages:
        screen.get_by_role("link", name="Commencer ensemble").click()
        expect(screen.get_by_text("Rien n’est encore posé")).to_be_visible()
    one.locator("input[name='value'][value='2']").check()
    one.get_by_role("button", name="D’accord").click()
    # Nothing was posed before: the other screen shows the level, and the wheel, all the same.
    expect(two.get_by_text("Niveau posé : 2 —")).to_be_visible(timeout=TURNED)
    expect(two.get_by_role("img", name="Votre roue commune")).to_be_visible()
    two.locator("input[name='value'][value='4']").check()
    two.get_by_role("button", name="D’accord").click()
    one.get_by_role("link", name="Critère précédent").click()
    expect(one.get_by_text("Niveau posé : 4 —")).to_be_visible(timeout=TURNED)


def _all_at_once(page: Page, level: str) -> None:
    """All the criteria on one page; then sent."""
    page.get_by_role("link", name="Tout sur une page").click()
    for code in CODES:
        page.locator(f"input[name='{code}'][value='{level}']").check()
    page.get_by_role("button", name="Relire ma roue").click()
    page.get_by_role("button", name="J’ai terminé").click()


@pytest.mark.slow
def test_a_group_of_twelve_fills_twelve_phones_and_all_turn_over_with_the_room(visit):
    opener = visit("/autoevaluation/groupe-de-travail/commencer/")
    opener.get_by_role("radio", name="En groupe").check()
    opener.get_by_label("Combien serez-vous").fill("12")
    opener.get_by_role("button", name="Commencer").click()
    invitation = opener.locator(".link-said").first.inner_text()
    opener.get_by_role("link", name="Vue pour la salle").click()
    expect(opener.locator(".code-said")).to_be_visible()

    phones = []
    for rank in range(12):
        phone = visit(invitation, width=360, touch=True, javascript=rank % 4 != 3)
        # Seven professionals, and five of the other role.
        _join(Pointer(phone), "professionnel" if rank < 7 else "partenaire")
        phones.append(phone)
    for rank, phone in enumerate(phones):
        _all_at_once(phone, str(rank % 5))
        if rank < 11:
            expect(phone.get_by_role("heading", name="Votre roue est prête")).to_be_visible()
            expect(opener.get_by_text(re.compile(rf"^{rank + 1} sur 12"))).to_be_visible()

    for rank, screen in enumerate([*phones[:11], opener]):
        if screen is not opener and rank % 4 == 3:
            screen.get_by_role("link", name="Actualiser").click()
        # Thirteen screens of one machine turn over at once: `make bench` measures how soon.
        expect(screen.get_by_role("heading", name="La roue du groupe")).to_be_visible()
    table = phones[0].locator("table.marks")
    expect(table.locator("tbody tr")).to_have_count(12)
    expect(table.locator("thead th")).to_have_count(5)  # both roles are three or more
    expect(phones[0].get_by_text("12 personnes ont répondu")).to_be_visible()
    opener.get_by_role("link", name="Critère par critère").click()
    expect(opener.get_by_text("Critère 1 sur 12")).to_be_visible()


def _asked(page: Page) -> list[str]:
    """The addresses that the page's script asks for from now on."""
    found: list[str] = []
    page.on("request", lambda one: found.append(one.url) if "/etat/" in one.url else None)
    return found


def _hide(page: Page, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_a_screen_asks_while_it_waits_and_stops_when_it_is_hidden_or_done(visit):
    page = visit(f"{GRID}commencer/")
    page.get_by_role("button", name="Commencer").click()
    invitation = page.locator(".link-said").first.inner_text()
    page.get_by_role("link", name="Remplir ma roue").click()
    _join(Pointer(page), "professionnel", "")
    _all_at_once(page, "2")
    # The clock of the page is ours: nothing is waited for.
    page.clock.install()
    page.reload()
    asked = _asked(page)
    with page.expect_response(re.compile("/etat/")) as told:
        page.clock.run_for(2_100)
    assert told.value.status == 304  # the step that the page itself showed
    assert "hx-current-url" not in told.value.request.headers  # a secret, once more
    _hide(page, True)
    before = len(asked)
    page.clock.run_for(60_000)
    assert len(asked) == before
    with page.expect_response(re.compile("/etat/")):
        _hide(page, False)  # looked at again: asked at once

    other = visit(invitation)
    _join(Pointer(other), "partenaire", "")
    _all_at_once(other, "2")
    with page.expect_navigation():
        page.clock.run_for(2_100)
    expect(page.get_by_role("heading", name="Nos deux roues")).to_be_visible()
    done = len(asked)
    page.clock.run_for(60_000)
    assert len(asked) == done
