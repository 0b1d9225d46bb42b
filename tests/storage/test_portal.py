"""The portal with its files in a bucket: no disk is shared between who writes and who reads."""

from __future__ import annotations

import shutil

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from cops.exports import register_kind
from cops.exports.kinds import Made
from cops.exports.models import Export
from cops.exports.running import export_run
from cops.exports.tidying import exports_clear_leftovers, exports_expire_missing
from cops.settings import variables
from cops.uploads import check
from resources.models import Attachment
from resources.services.attachments import attachment_remove, attachment_save
from tests.resources import factories
from tests.storage.conftest import BUCKET
from tests.uploads import files
from tests.uploads.files import sent


@pytest.fixture
def bucket_storage(settings, port, bucket, request):
    url = f"s3://cle:secret@127.0.0.1:{port}/{BUCKET}/{request.node.name}?region=fr-par&tls=non"
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "cops.storage.s3.S3Storage", "OPTIONS": variables.storage(url)}
    }
    return default_storage


def other_machine(settings) -> None:
    """What the web server of another machine sees of the worker's disk: nothing."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)


@pytest.mark.django_db
def test_a_picture_and_its_smaller_size_are_stored_shown_and_taken_away(
    bucket_storage, settings, client, django_capture_on_commit_callbacks
):
    sheet = factories.resource(slug="fiche", title="Fiche d’essai")
    checked = check(sent(files.photo(), "plage.png"))
    picture = attachment_save(
        attachment=Attachment(resource=sheet, title="Plage", alternative="Une plage."),
        checked=checked,
    )
    _, names = bucket_storage.listdir("attachments")
    assert len(names) == 2
    other_machine(settings)
    for name in names:
        answer = client.get(f"/ressources/images/{name}")
        assert answer.status_code == 200
        assert b"".join(answer.streaming_content)
    with django_capture_on_commit_callbacks(execute=True):
        attachment_remove(attachment=picture)
    assert bucket_storage.listdir("attachments") == ([], [])


@pytest.mark.django_db(transaction=True)
def test_a_document_made_by_a_worker_is_given_by_another_machine(bucket_storage, settings, client):
    def make(export, progress):
        export.target.write_bytes(b"%PDF-1.7 " + b"x" * 6_000_000)
        return Made("recueil.pdf")

    register_kind("tests.s3", "Un recueil", make=make, phases={"pages": "Pages"})
    export = Export.objects.create(kind="tests.s3", content_hash="0", fingerprint="s3")
    export_run(export.pk)
    other_machine(settings)
    answer = client.get(reverse("exports:file", args=[export.public_id]))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7 ")
    assert exports_clear_leftovers() == 0
    bucket_storage.save("exports/personne-1.pdf", files_content())
    assert exports_clear_leftovers() == 1
    assert exports_expire_missing() == 0
    export.refresh_from_db()
    bucket_storage.delete(export.file)
    assert exports_expire_missing() == 1


def files_content():
    from django.core.files.base import ContentFile

    return ContentFile(b"de personne")
