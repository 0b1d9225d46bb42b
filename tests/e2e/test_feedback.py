"""Readers answer under a sheet, ask for a word; the team reads them, adds a picture, counts."""

import contextlib
import re
import socket
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, expect

from tests.e2e.axe import violations
from tests.e2e.people import enter
from tests.uploads import files

SHEET = "/ressources/agir-groupe-de-travail/"
FALC = "/ressources/sengager-dans-le-partenariat/falc/"
TEAM_PAGES = {
    "remarks": "/pilotage/ressources/avis/",
    "words": "/pilotage/ressources/mots/",
    "figures": "/pilotage/ressources/chiffres/",
    "figures of one": "/pilotage/ressources/chiffres/?fiche=agir-groupe-de-travail&periode=12-mois",
    "links": "/pilotage/liens/?etat=tous",
    "files": "/pilotage/ressources/agir-groupe-de-travail/pieces/",
    "pictures": "/pilotage/ressources/images/?fiche=agir-groupe-de-travail",
}


def _overflow(page) -> bool:
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )


def test_a_sheet_is_printed_once_by_its_button(visit):
    page = visit(SHEET)
    page.evaluate("() => { window.printed = 0; window.print = () => { window.printed += 1; }; }")
    page.get_by_role("button", name="Imprimer").click()
    assert page.evaluate("window.printed") == 1


def test_a_sheet_asks_for_ten_files_at_most_until_somebody_acts(visit):
    page = visit("/")
    page.wait_for_load_state("networkidle")  # the icon of the first page
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(SHEET, wait_until="networkidle")
    assert len(asked) <= 10, asked


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("path", [SHEET, FALC])
def test_an_answer_is_one_press_and_words_are_optional(visit, javascript, path):
    page = visit(path, width=360, touch=True, javascript=javascript)
    page.locator("#utile").get_by_role("button", name=re.compile("En partie|Un peu")).click()
    expect(page.get_by_role("heading", name="Votre réponse est comptée")).to_be_visible()
    if javascript:
        assert urlsplit(page.url).path == path
        expect(page.get_by_role("heading", name="Votre réponse est comptée")).to_be_focused()
        assert violations(page) == []
    page.get_by_label("Qu’est-ce qui vous a aidé").fill(
        "Un peu long\nmais clair " + str(javascript)
    )
    page.get_by_role("button", name="Envoyer ces mots").click()
    expect(page.get_by_role("heading", name="C’est noté")).to_be_visible()
    if not javascript:
        page.get_by_role("link", name="Revenir à la fiche").click()
        assert urlsplit(page.url).path == path
    cookies = page.context.cookies()
    assert [(cookie["name"], cookie["value"]) for cookie in cookies] == [("avis-donne", "1")]


def test_words_that_are_too_long_come_back_with_the_reason(visit):
    page = visit(f"{SHEET}avis/?recu=oui", javascript=False)
    field = page.get_by_label("Qu’est-ce qui vous a aidé")
    field.evaluate("field => field.removeAttribute('maxlength')")
    field.fill("é" * 700)
    page.get_by_role("button", name="Envoyer ces mots").click()
    expect(page.locator("[data-errors]")).to_contain_text("Votre texte a 700 signes")
    assert page.get_by_label("Qu’est-ce qui vous a aidé").input_value() == "é" * 700


def test_a_word_is_asked_for_with_the_keyboard(visit):
    page = visit("/lexique/?q=xyzzyx")
    page.get_by_role("link", name="Proposez-le à l’équipe du COPS").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Le mot qui manque")).to_have_value("xyzzyx")
    page.get_by_label("Votre adresse électronique").focus()
    page.keyboard.type("pas une adresse")
    page.keyboard.press("Enter")
    expect(page.locator("[data-errors]")).to_be_focused()
    assert page.title().startswith("Erreur — ")
    assert page.get_by_label("Le mot qui manque").input_value() == "xyzzyx"
    page.get_by_label("Votre adresse électronique").fill("anne@exemple.invalid")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Merci pour ce mot")).to_be_visible()
    assert page.context.cookies() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    [f"{SHEET}avis/", f"{SHEET}avis/?recu=non", f"{SHEET}avis/?recu=merci", "/lexique/proposer/",
     "/lexique/proposer/?mot=patient+partenaire", "/lexique/proposer/?recu=1"],
)  # fmt: skip
def test_axe_finds_nothing_and_nothing_sticks_out(visit, path, scheme):
    page = visit(path, width=320, height=256, scheme=scheme)
    assert not _overflow(page)
    assert violations(page) == []


# --- the team


@pytest.fixture
def team(visit, site):
    page = visit("/lexique/")
    enter(page, site, "team")
    return page


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_pages_of_the_team(team, site, width):
    _some_content(site)
    team.set_viewport_size({"width": width, "height": 800})
    faults = {}
    for name, path in TEAM_PAGES.items():
        team.goto(path)
        assert team.locator("h1").count() == 1, name
        if found := violations(team):
            faults[name] = found
        if _overflow(team):
            faults[f"{name} overflow"] = team.url
    assert faults == {}


def _some_content(site) -> None:
    site.run("from resources.models import *;from resources.services.feedback import *;"
        "from resources.services.word_requests import *;from cops.links.gathering import *;"
        "from cops.links.models import LinkCheck;from cops.counters.models import DailyCount;"
        "from django.utils import timezone;"
        "r = Resource.objects.get(slug='agir-groupe-de-travail');"
        "remark_add(resource=r, useful='non', text='Un mot sans fin ' + 'x' * 200);"
        "word_request_add(word='anticonstitutionnellement' * 4, email='a@exemple.invalid');"
        "links_gather();"
        "LinkCheck.objects.filter(pk__in=LinkCheck.objects.values('pk')[:3]).update("
        "state='broken', reason='not_found', status=404, failing_since=timezone.now());"
        "DailyCount.objects.get_or_create(kind='resource.view', key=r.slug,"
        " day=timezone.localdate(), defaults={'count': 12})",
    )  # fmt: skip


def test_a_picture_is_added_placed_in_the_text_and_described(team, site):
    picture = {"name": "photo.png", "mimeType": "image/png", "buffer": files.photo((1_400, 700))}
    team.goto("/pilotage/ressources/agir-groupe-de-travail/")
    team.locator("a[href*='/texte/standard/']").first.click()
    editor = team.locator(".ProseMirror:visible").first
    expect(editor).to_be_visible()
    editor.click()
    team.keyboard.press("Control+End")
    team.locator(".prose-menubar button, .prose-menubar__button, [title=figure]").filter(
        has_text=re.compile("image")
    ).first.click()
    with team.expect_popup() as opened:
        team.get_by_role("button", name="Choisir…").click()
    choice = opened.value
    choice.get_by_label("Titre").fill("Photo d’une réunion")
    choice.get_by_label("Fichier").set_input_files(picture)
    choice.get_by_label("Ce que l’image montre").fill("Six personnes autour d’une table")
    choice.get_by_role("button", name="Ajouter ce fichier").click()
    # The window closes itself under the click, whose answer may be lost with it.
    with choice.expect_event("close"), contextlib.suppress(Error):
        choice.get_by_role("button", name=re.compile("Placer cette image")).first.click()
    expect(team.locator("dialog input[name=altText]")).to_have_value(
        "Six personnes autour d’une table"
    )
    team.locator("dialog button[type=submit]").click()
    shown = editor.locator("img[alt='Six personnes autour d’une table']")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1344


def test_a_file_that_is_too_large_is_told_before_it_is_sent(team):
    team.goto("/pilotage/ressources/agir-groupe-de-travail/pieces/")
    sent = []
    team.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    team.get_by_label("Titre").fill("Gros fichier")
    field = team.locator("input[type=file]")
    assert field.get_attribute("data-max-bytes") == "20000000"
    # A limit that a small file passes: twenty megabytes would take seconds to hand over.
    field.evaluate("field => { field.dataset.maxBytes = '1000'; }")
    large = {"name": "gros.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-" + b"0" * 2_000}
    field.set_input_files(large)
    team.get_by_role("button", name="Ajouter ce fichier").click()
    assert "20 Mo au plus" in field.evaluate("field => field.validationMessage")
    assert sent == []


def test_two_hundred_megabytes_are_answered_before_they_are_read(site):
    """A client that only announces 200 MB gets the French 413 at once, having sent nothing."""
    place = urlsplit(site.origin)
    with socket.create_connection((place.hostname, place.port), timeout=10) as wire:
        wire.sendall(
            b"POST /pilotage/ressources/agir-groupe-de-travail/pieces/ HTTP/1.1\r\n"
            b"Host: localhost:%d\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            b"Content-Length: 200000000\r\n\r\n--x\r\n" % place.port
        )
        answer = b""
        while piece := wire.recv(65_536):
            answer += piece
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 413 ")
    assert "trop volumineux" in body.decode()
