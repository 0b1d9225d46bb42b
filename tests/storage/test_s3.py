"""The storage over a real S3-compatible server, on loopback."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile, File

from cops.settings import variables
from cops.storage.s3 import StorageAway
from tests.storage.conftest import free_port, storage_of


def test_what_is_saved_is_read_again(storage):
    name = storage.save("pièces/2026/été.pdf", ContentFile(b"%PDF-1.7 contenu"))
    assert name == "pièces/2026/été.pdf"
    with storage.open(name) as file:
        assert file.read() == b"%PDF-1.7 contenu"
    assert storage.size(name) == 16
    assert storage.exists(name)
    assert storage.get_modified_time(name).tzinfo is not None


def test_the_same_name_twice_keeps_both(storage):
    first = storage.save("a.txt", ContentFile(b"un"))
    second = storage.save("a.txt", ContentFile(b"deux"))
    assert first != second
    with storage.open(first) as one, storage.open(second) as two:
        assert (one.read(), two.read()) == (b"un", b"deux")


def test_a_name_that_is_too_long_is_cut_to_the_field(storage):
    name = storage.save("attachments/2026/" + "a" * 300 + ".pdf", ContentFile(b"x"), max_length=100)
    assert len(name) <= 100
    assert name.endswith(".pdf")
    assert storage.exists(name)


def test_a_large_file_is_sent_and_read_in_pieces(storage, tmp_path):
    path = tmp_path / "grand.bin"
    path.write_bytes(bytes(range(256)) * 80_000)  # 20 MB: several parts
    with path.open("rb") as source:
        content = File(source)
        name = storage.save("grand.bin", content)
        assert not source.closed
    with storage.open(name) as file:
        assert file.read() == path.read_bytes()


def test_a_removed_file_is_gone_and_a_second_removal_is_no_fault(storage):
    name = storage.save("a.txt", ContentFile(b"un"))
    storage.delete(name)
    storage.delete(name)
    assert not storage.exists(name)
    with pytest.raises(FileNotFoundError):
        storage.open(name)
    with pytest.raises(FileNotFoundError):
        storage.size(name)


def test_a_folder_is_listed(storage):
    names = {storage.save(f"dossier/{letter}.txt", ContentFile(b"x")) for letter in "ab"}
    storage.save("dossier/dedans/c.txt", ContentFile(b"x"))
    assert names == {"dossier/a.txt", "dossier/b.txt"}
    assert storage.listdir("dossier") == (["dedans"], ["a.txt", "b.txt"])
    assert storage.listdir("dossier/dedans") == ([], ["c.txt"])
    assert storage.listdir("nul") == ([], [])


def test_a_file_is_not_written_in_place(storage):
    with pytest.raises(ValueError, match="never written in place"):
        storage.open("a.txt", "wb")


def test_nothing_stored_would_run_if_the_bucket_were_opened(storage):
    name = storage.save("page.html", ContentFile(b"<script>1</script>"))
    facts = storage._head(name)
    assert (facts["ContentType"], facts["ContentDisposition"]) == (
        "application/octet-stream",
        "attachment",
    )
    assert storage.url(name) == f"/media/{name}"


def test_a_service_that_is_away_is_like_a_disk_that_fails(settings):
    away = storage_of(free_port())
    with pytest.raises(StorageAway) as error:
        away.save("a.txt", ContentFile(b"x"))
    assert isinstance(error.value, OSError)
    assert "se/cret" not in str(error.value)
    with pytest.raises(StorageAway):
        away.open("a.txt")


def test_a_missing_bucket_is_a_failure_and_no_missing_file(port, bucket):
    with pytest.raises(StorageAway):
        storage_of(port, bucket="nul").save("a.txt", ContentFile(b"x"))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("https://s3.example.org/seau", "s3://"),
        ("s3://cle:secret@s3.example.org", "s3://"),
        ("s3://s3.example.org/seau", "une clé et un secret"),
    ],
)
def test_an_address_that_is_none_is_refused(value, words):
    with pytest.raises(ValueError, match=words):
        variables.storage(value)


def test_an_address_is_read_whole():
    assert variables.storage("s3://C%2FK:s%40@s3.fr-par.scw.cloud/seau/portail?region=fr-par") == {
        "endpoint": "https://s3.fr-par.scw.cloud",
        "region": "fr-par",
        "bucket": "seau",
        "prefix": "portail",
        "key": "C/K",
        "secret": "s@",
    }
