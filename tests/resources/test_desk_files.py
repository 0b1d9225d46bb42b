"""The team adds files and pictures to a sheet; a hostile one is refused with its reason."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cops.accounts.enums import Role
from resources.desk.fields import EDITOR, PICTURES
from resources.enums import Status
from resources.models import Attachment
from resources.services.previews import preview_create
from tests.accounts.people import person, sign_in
from tests.resources import factories
from tests.uploads import files
from tests.uploads.files import sent

pytestmark = pytest.mark.django_db

PAGE = "/pilotage/ressources/fiche/pieces/"
CHOICE = "/pilotage/ressources/images/"


@pytest.fixture
def team() -> Client:
    client = Client()
    sign_in(client, person(Role.TEAM))
    return client


@pytest.fixture
def sheet():
    return factories.resource(slug="fiche", title="Fiche d’essai")


def _add(team: Client, content: bytes, name: str = "a.png", **fields):
    form = {"title": "Photo", "alternative": "Deux personnes", **fields}
    return team.post(PAGE, {**form, "file": sent(content, name)})


def test_a_picture_and_a_document_are_added(team, sheet):
    assert _add(team, files.picture("PNG"))["Location"] == PAGE
    assert _add(team, files.pdf(2), "a.pdf", title="Annexe", alternative="")["Location"] == PAGE
    rows = list(Attachment.objects.order_by("position").values_list("title", "pages"))
    assert rows == [("Photo", None), ("Annexe", 2)]
    body = team.get(PAGE).content.decode()
    assert "Deux personnes" in body
    assert "2\u00a0pages" in body


def test_a_sheet_on_view_says_that_a_document_shows_at_once(team, sheet):
    assert "Visible tout de suite." in team.get(PAGE).content.decode()
    type(sheet).objects.update(status=Status.DRAFT)
    assert "Visible tout de suite." not in team.get(PAGE).content.decode()


def test_the_limit_is_said_before_and_in_the_refusal(team, sheet):
    assert "20 Mo au plus" in team.get(PAGE).content.decode()
    answer = _add(team, b"%PDF-" + b"0" * 20_000_000, "gros.pdf")
    assert answer.status_code == 422
    assert "Ce fichier pèse 20\xa0Mo" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.png", "Ce fichier est vide"),
        (b"<svg onload='alert(1)'/>", "a.png", "SVG"),
        (b"<html>", "a.pdf", "page web"),
        (files.pdf(), "a.png", "mais c’est un PDF"),
        (files.bomb_of_points(), "a.png", "trop de points"),
        (files.office(parts={"word/vbaProject.bin": b"x"}), "a.docx", "macros"),
    ],
)
def test_a_hostile_file_is_refused_and_what_was_typed_is_kept(team, sheet, content, name, reason):
    answer = _add(team, content, name, title="Mon titre")
    body = answer.content.decode()
    assert answer.status_code == 422
    assert reason in body
    assert 'value="Mon titre"' in body
    assert Attachment.objects.count() == 0


def test_a_name_of_three_hundred_characters_is_cut(team, sheet):
    _add(team, files.pdf(), "é" * 300 + "../../etc/passwd.pdf")
    assert Attachment.objects.get().name == "passwd.pdf"
    _add(team, files.pdf(), "é" * 300 + ".pdf")
    assert len(Attachment.objects.latest("pk").name) == 104


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"alternative": ""}, "ou cochez «\xa0décorative\xa0»"),
        ({"decorative": "on"}, "Décorative, ou décrite"),
        ({"title": ""}, "obligatoire"),
    ],
)
def test_a_picture_says_what_it_shows_or_that_it_decorates(team, sheet, fields, reason):
    answer = _add(team, files.picture(), "a.jpg", **fields)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_two_hundred_megabytes_are_refused_before_they_are_read(team):
    length = str(200_000_000)
    answer = team.generic(
        "POST", PAGE, b"x" * 100, content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=length,
    )  # fmt: skip
    assert int(length) > settings.UPLOAD_MAX_BYTES
    assert answer.status_code == 413
    assert "trop volumineux" in answer.content.decode()


def test_a_file_is_taken_away_but_not_a_picture_in_the_text(team, sheet):
    _add(team, files.picture())
    row = Attachment.objects.get()
    factories.section(sheet, "Le lieu", f'<figure><img src="{row.picture_url}" alt="x"></figure>')
    assert "Dans le texte\u00a0: Le lieu" in team.get(PAGE).content.decode()
    team.post(f"{PAGE}{row.pk}/retrait/")
    assert Attachment.objects.count() == 1
    sheet.sections.filter(title="Le lieu").delete()
    team.post(f"{PAGE}{row.pk}/retrait/")
    assert Attachment.objects.count() == 0


# --- the choice of a picture for the editor


def test_the_editor_opens_the_page_of_pictures():
    assert reverse("resources:desk_pictures") == PICTURES
    assert EDITOR["Figure"] == {"pickerUrl": PICTURES}


def test_those_of_the_sheet_being_written_come_and_can_be_placed(team, sheet):
    _add(team, files.picture())
    row = Attachment.objects.get()
    other = factories.resource()
    desk, admin = "/pilotage/ressources/fiche/texte/standard/a/", (
        f"/admin/resources/resource/{sheet.pk}/change/"
    )  # fmt: skip
    for referer in (desk, admin):
        answer = team.get(
            CHOICE, {"CKEditorFuncNum": "-3"}, headers={"Referer": f"http://testserver{referer}"}
        )
        body = answer.content.decode()
        assert f'data-pick="{row.picture_url}" data-alternative="Deux personnes"' in body
        assert 'data-pictures="-3"' in body
        assert f'action="{PAGE}"' in body
    elsewhere = team.get(CHOICE, {"fiche": other.slug}).content.decode()
    assert row.picture_url not in elsewhere
    assert row.picture_url in team.get(CHOICE, {"q": "phot"}).content.decode()


def test_a_picture_sent_from_there_leads_back_there(team, sheet):
    back = f"{CHOICE}?CKEditorFuncNum=-1&fiche=fiche"
    assert _add(team, files.picture(), suite=back)["Location"] == back
    assert _add(team, files.picture(), suite="https://ailleurs.example/")["Location"] == PAGE


@pytest.mark.parametrize("number", ["<script>", "1;alert(1)", "9" * 30, ""])
def test_a_number_that_is_none_places_nothing(team, sheet, number):
    _add(team, files.picture())
    body = team.get(CHOICE, {"CKEditorFuncNum": number, "fiche": "fiche"}).content.decode()
    assert "data-pick" not in body
    assert "<script>" not in body


# --- the secret preview


def test_who_holds_a_preview_link_sees_the_pictures_of_that_text_alone(team):
    draft = factories.resource(slug="fiche", status=Status.DRAFT, version=0)
    for _ in range(2):
        _add(team, files.picture())
    shown, other = Attachment.objects.order_by("pk")
    factories.section(draft, "Le lieu", f'<figure><img src="{shown.picture_url}" alt="x"></figure>')
    _, address = preview_create(resource=draft, by=None, name="Anne", days=3)
    path = address.removeprefix(settings.SITE_ORIGIN)
    visitor = Client()
    body = visitor.get(path).content.decode()
    assert f'src="{path}images/{shown.file_name}"' in body
    assert "/ressources/images/" not in body
    answer = visitor.get(f"{path}images/{shown.file_name}")
    assert answer.status_code == 200
    b"".join(answer.streaming_content)
    assert answer["Content-Type"] == "image/png"
    assert visitor.get(f"{path}images/{other.file_name}").status_code == 404
    assert visitor.get(shown.picture_url).status_code == 404
    assert visitor.get(f"/apercu/autre/images/{shown.file_name}").status_code == 404
