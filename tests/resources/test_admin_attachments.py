"""Files in the admin: looked at like everywhere else."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from cops.accounts.enums import Role
from resources.models import Attachment
from tests.accounts.people import person, sign_in
from tests.resources import factories
from tests.resources.test_admin import change_url, form_of
from tests.uploads import files
from tests.uploads.files import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Client:
    client = Client()
    sign_in(client, person(Role.TEAM))
    return client


@pytest.fixture
def sheet():
    return factories.resource(slug="fiche")


def _add(team: Client, sheet, content: bytes, name: str = "a.png", **fields):
    url = change_url(sheet)
    own = {"position": "0", "title": "Photo", "alternative": "Deux personnes", **fields}
    data = form_of(team, url) | {f"attachments-0-{key}": value for key, value in own.items()}
    data["attachments-TOTAL_FORMS"] = "1"
    data["attachments-0-file"] = sent(content, name)
    data["attachments-0-resource"] = str(sheet.pk)
    return team.post(url, data)


def test_a_picture_is_added_and_saved_again_as_it_is(team, sheet):
    assert _add(team, sheet, files.photo_of_a_phone(), "a.jpg").status_code == 302
    row = Attachment.objects.get()
    assert (row.title, row.name.rpartition(".")[0]) == ("Photo", "a")
    kind = row.name.rpartition(".")[2]
    # What was written again is what is kept, and nothing of what was sent.
    assert row.file_name == f"{row.public_id}-20x60.{kind}"
    assert default_storage.size(str(row.file)) == row.size
    stored = default_storage.listdir("attachments")[1]
    assert [name for name in stored if row.public_id in name] == [row.file_name]
    url = change_url(sheet)
    assert row.picture_url in team.get(url).content.decode()
    assert team.post(url, form_of(team, url)).status_code == 302
    again = Attachment.objects.get()
    assert (again.pk, str(again.file)) == (row.pk, str(row.file))


def test_words_are_changed_without_sending_the_file_again(team, sheet):
    _add(team, sheet, files.picture())
    row = Attachment.objects.get()
    url = change_url(sheet)
    data = form_of(team, url) | {"attachments-0-alternative": "Trois personnes"}
    assert team.post(url, data).status_code == 302
    again = Attachment.objects.get()
    assert (again.alternative, str(again.file)) == ("Trois personnes", str(row.file))


@pytest.mark.parametrize(
    ("content", "name", "fields", "reason"),
    [
        (b"<svg onload='alert(1)'/>", "a.png", {}, "SVG"),
        (files.pdf(), "a.png", {}, "mais c’est un PDF"),
        (b"", "a.png", {}, "Ce fichier est vide"),
        (files.picture(), "a.png", {"alternative": ""}, "Dites en une phrase ce que l’image"),
        (files.picture(), "a.png", {"decorative": "on"}, "Décorative, ou décrite"),
    ],
)
def test_a_file_that_is_refused_says_why_beside_its_field(
    team, sheet, content, name, fields, reason
):
    answer = _add(team, sheet, content, name, **fields)
    assert answer.status_code == 200
    assert reason in answer.content.decode()
    assert Attachment.objects.count() == 0


def test_a_picture_in_the_text_is_not_taken_from_under_it(team, sheet):
    _add(team, sheet, files.picture())
    row = Attachment.objects.get()
    factories.section(sheet, "Le lieu", f'<figure><img src="{row.picture_url}" alt="x"></figure>')
    url = change_url(sheet)
    data = form_of(team, url) | {"attachments-0-DELETE": "on"}
    answer = team.post(url, data)
    assert answer.status_code == 200
    assert "Le lieu" in answer.content.decode()
    assert Attachment.objects.count() == 1
