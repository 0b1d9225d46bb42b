"""Files of a resource: stored with their row or not at all, shown to whom the resource is."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cops.accounts.enums import Role
from cops.audit import trail
from cops.uploads import check
from resources.enums import Status
from resources.models import Attachment, ResourceVersion
from resources.services import attachments
from resources.services.attachments import attachment_remove, attachment_save, orphans_remove
from resources.services.publishing import resource_archive
from resources.tasks import remove_orphan_files
from tests.accounts.people import person, sign_in
from tests.resources import factories
from tests.uploads import files
from tests.uploads.files import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet():
    return factories.resource(slug="fiche", title="Fiche d’essai")


@pytest.fixture(autouse=True)
def nothing_stored():
    _clear("attachments")


def _clear(folder: str) -> None:
    if default_storage.exists(folder):
        for name in _stored():
            default_storage.delete(name)


def _stored(folder: str = "attachments") -> list[str]:
    if not default_storage.exists(folder):
        return []
    folders, names = default_storage.listdir(folder)
    return [f"{folder}/{name}" for name in names] + [
        name for inside in folders for name in _stored(f"{folder}/{inside}")
    ]


def _pdf(sheet, **fields) -> Attachment:
    row = Attachment(resource=sheet, title="Annexe", **fields)
    return attachment_save(attachment=row, checked=check(sent(files.pdf(3), "Ma fiche.pdf")))


def _picture(sheet, size=(2_000, 1_000), **fields) -> Attachment:
    fields = {"alternative": "Deux personnes assises"} | fields
    row = Attachment(resource=sheet, title="Photo", **fields)
    return attachment_save(attachment=row, checked=check(sent(files.photo(size), "p.png")))


# --- storing


def test_a_file_is_stored_under_a_name_that_tells_nothing(sheet):
    row = _pdf(sheet)
    assert str(row.file) == f"attachments/{row.public_id}.pdf"
    assert (row.name, row.media_type, row.pages) == ("Ma fiche.pdf", "application/pdf", 3)
    assert row.size == default_storage.size(str(row.file))
    assert _stored() == [str(row.file)]
    assert [entry.action for entry in trail(sheet)] == ["attachment.added"]


def test_a_picture_is_stored_in_the_sizes_that_its_names_say(sheet):
    row = _picture(sheet)
    assert row.file_name == f"{row.public_id}-1344x672.jpg"
    assert sorted(_stored()) == sorted([str(row.file), f"attachments/{row.public_id}-672x336.jpg"])


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"alternative": ""}, "alternative"),
        ({"alternative": " \t"}, "alternative"),
        ({"alternative": "Deux personnes", "decorative": True}, "decorative"),
        ({"alternative": "a" * 301}, "alternative"),
        ({"title": ""}, "title"),
    ],
)
def test_a_row_that_is_refused_leaves_no_file(sheet, fields, field):
    row = Attachment(resource=sheet, **{"title": "Photo", "alternative": "Une photo"} | fields)
    with pytest.raises(ValidationError) as refused:
        attachment_save(attachment=row, checked=check(sent(files.picture(), "p.jpg")))
    assert field in refused.value.message_dict
    assert (_stored(), Attachment.objects.count()) == ([], 0)


def test_a_row_that_the_database_refuses_leaves_no_file(sheet):
    resource = factories.resource()
    row = Attachment(resource=resource, title="Annexe", position=40_000)
    row.full_clean = lambda **options: None  # what the database alone would see
    with pytest.raises(Exception, match=r"smallint|position"), transaction.atomic():
        attachment_save(attachment=row, checked=check(sent(files.pdf(), "a.pdf")))
    assert _stored() == []


def test_a_decorative_picture_has_no_words(sheet):
    assert _picture(sheet, alternative="", decorative=True).decorative
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.update(alternative="Une photo")


def test_a_document_needs_no_words(sheet):
    row = Attachment(resource=sheet, title="Notes", decorative=True, alternative="x")
    attachment_save(attachment=row, checked=check(sent(files.office(), "n.docx")))
    assert (row.decorative, row.alternative) == (False, "")


@pytest.mark.django_db(transaction=True)
def test_another_content_has_another_name_and_the_former_one_goes():
    row = _pdf(factories.resource())
    before = str(row.file)
    attachment_save(attachment=row, checked=check(sent(files.pdf(5), "b.pdf")))
    assert str(row.file) != before
    assert (row.pages, row.name) == (5, "b.pdf")
    assert _stored() == [str(row.file)]


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_away_goes_unless_a_version_shows_it():
    sheet = factories.resource()
    plain, shown = _picture(sheet), _picture(sheet)
    ResourceVersion.objects.filter(resource=sheet).update(
        snapshot={"sections": [{"source": f'<img src="{shown.picture_url}" alt="x">'}]}
    )
    for row in (plain, shown):
        attachment_remove(attachment=row)
    assert Attachment.objects.count() == 0
    assert sorted(_stored()) == sorted(
        [f"attachments/{shown.file_name}",
         f"attachments/{shown.public_id}-672x336.jpg"]
    )  # fmt: skip
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert orphans_remove() == 0


def test_a_picture_in_a_text_is_not_taken_from_under_it(sheet):
    row = _picture(sheet)
    factories.section(sheet, "Le lieu", f'<figure><img src="{row.picture_url}" alt="x"></figure>')
    with pytest.raises(ValidationError, match="Le lieu"):
        attachment_remove(attachment=row)
    assert Attachment.objects.count() == 1


def test_a_disk_that_fails_leaves_nothing(sheet, monkeypatch):
    class Full(OSError):
        pass

    real, written = default_storage.save, []

    def save(name, content):
        if written:
            raise Full("no space left on device")
        written.append(name)
        return real(name, content)

    monkeypatch.setattr(attachments.default_storage, "save", save, raising=False)
    with pytest.raises(Full):
        _picture(sheet)
    assert (_stored(), Attachment.objects.count()) == ([], 0)


# --- the night


def test_the_night_erases_what_belongs_to_nobody(sheet):
    row, kept = _pdf(sheet), _picture(sheet)
    for name in ("attachments/abandon.pdf", "attachments/2025/ancien.pdf"):
        default_storage.save(name, BytesIO(b"x"))
    assert orphans_remove() == 0  # too young: its row may be on the way
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        remove_orphan_files()
        remove_orphan_files()
    assert sorted(_stored()) == sorted(
        [str(row.file), str(kept.file), f"attachments/{kept.public_id}-672x336.jpg"]
    )


def test_the_night_has_nothing_to_do_without_a_folder():
    assert orphans_remove() == 0


# --- serving


def _read(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_file_is_a_download_that_runs_nothing(client, sheet):
    row = _pdf(sheet)
    Attachment.objects.update(name='Été ; bilan "1".pdf')
    response = client.get(f"/ressources/fiche/pieces/{row.pk}/")
    assert _read(response).startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%C3%89t%C3%A9%20%3B%20bilan%20%221%22.pdf"
    )
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "no-cache"


def test_a_picture_is_shown_in_its_sizes_and_in_no_other(client, sheet):
    row = _picture(sheet)
    for size in ("1344x672", "672x336"):
        response = client.get(f"/ressources/images/{row.public_id}-{size}.jpg")
        assert _read(response)[:3] == b"\xff\xd8\xff"
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        again = client.get(
            f"/ressources/images/{row.public_id}-{size}.jpg",
            headers={"If-None-Match": response["ETag"]},
        )
        assert again.status_code == 304
    for name in ("100x100.jpg", "1344x672.png", "672x337.jpg"):
        assert client.get(f"/ressources/images/{row.public_id}-{name}").status_code == 404
    assert client.get(f"/ressources/images/{'A' * 22}-1344x672.jpg").status_code == 404


@pytest.mark.parametrize("path", ["../../etc/passwd", "x.svg", "%2e%2e%2fsettings.py", "a-1x1.jpg"])
def test_no_other_name_is_a_picture(client, path):
    assert client.get(f"/ressources/images/{path}").status_code == 404


def test_files_are_seen_by_those_who_see_the_resource(client, sheet):
    row, picture = _pdf(sheet), _picture(sheet)
    addresses = [f"/ressources/fiche/pieces/{row.pk}/", picture.picture_url]
    resource_archive(resource=sheet)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    team = Client()
    sign_in(team, person(Role.TEAM))
    for address in addresses:
        response = team.get(address)
        assert response.status_code == 200
        _read(response)


def test_a_picture_of_a_draft_is_seen_in_the_public_text_that_shows_it(client):
    draft = factories.resource(status=Status.DRAFT, version=0)
    picture = _picture(draft)
    assert client.get(picture.picture_url).status_code == 404
    factories.resource(text=f'<figure><img src="{picture.picture_url}" alt="x"></figure>')
    response = client.get(picture.picture_url)
    assert response.status_code == 200
    _read(response)


def test_a_file_that_is_gone_is_a_404(client, sheet):
    row = _pdf(sheet)
    default_storage.delete(str(row.file))
    assert client.get(f"/ressources/fiche/pieces/{row.pk}/").status_code == 404


def test_a_picture_is_no_document_to_download(client, sheet):
    _picture(sheet)
    row = _pdf(sheet)
    body = client.get("/ressources/fiche/").content.decode()
    assert f"/ressources/fiche/pieces/{row.pk}/" in body
    assert "Avec cette fiche" in body
    assert "Photo" not in body
