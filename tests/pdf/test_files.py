"""PDFs kept by content: made once whoever asks, never half written."""

from __future__ import annotations

import resource
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.contrib.staticfiles import finders
from django.db import connection

from cops.pdf import PdfBusy, existing, files, kept, make
from tests.pdf.test_engine import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def names() -> list[str]:
    return sorted(path.name for path in files.folder().iterdir())


def test_kept_gives_the_document_and_keeps_it():
    html = page()
    first = kept(html)
    assert first.path.read_bytes() == make(html)
    assert (first.size, first.pages) == (first.path.stat().st_size, 1)
    assert names() == [f"{first.sha256}.pdf"]
    made = first.path.stat().st_ino
    assert kept(html) == first
    assert first.path.stat().st_ino == made
    assert existing(first.sha256) == first
    assert existing("0" * 64) is None


def test_other_words_give_another_file():
    assert kept(page("<h1>A</h1>")).sha256 != kept(page("<h1>B</h1>")).sha256


def test_another_style_sheet_gives_another_file(settings, tmp_path):
    sheets = tmp_path / "static" / "css"
    sheets.mkdir(parents=True)
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    finders.get_finder.cache_clear()
    try:
        html = page(head='<link rel="stylesheet" href="static:css/a.css">')
        (sheets / "a.css").write_text('@import "static:css/b.css";')
        hashes = set()
        for colour in ("red", "blue"):
            (sheets / "b.css").write_text(f"h1 {{ color: {colour}; }}")
            hashes.add(files.content_hash(html))
        assert len(hashes) == 2
    finally:
        finders.get_finder.cache_clear()


def test_fifty_at_once_make_it_once():
    html = page("<h1>Cinquante</h1>" + "<p>Un paragraphe.</p>" * 200)
    start = threading.Barrier(50)

    def ask(_: int) -> tuple[str, int] | None:
        try:
            start.wait(30)
            file = kept(html)
            return file.sha256, file.path.stat().st_ino
        except PdfBusy:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(50) as pool:
        answers = set(pool.map(ask, range(50))) - {None}
    # A second making would have put another file in the place of the first.
    assert len(answers) == 1
    assert len(names()) == 1


def test_who_waits_too_long_is_told_so(monkeypatch):
    monkeypatch.setattr(files, "WAIT_SECONDS", 0.2)
    html = page("<h1>Occupé</h1>")
    key = int.from_bytes(bytes.fromhex(files.content_hash(html)[:16]), signed=True)
    own = connection.settings_dict
    with psycopg.connect(
        host=own["HOST"], port=own["PORT"] or None, user=own["USER"],
        password=own["PASSWORD"] or None, dbname=own["NAME"],
    ) as other:  # fmt: skip
        other.execute("SELECT pg_advisory_lock(%s)", [key])
        with pytest.raises(PdfBusy):
            kept(html)
    assert kept(html).pages == 1


def test_lock_is_given_back_when_making_fails(settings):
    html = page("<h1>Raté</h1>")
    files.folder().parent.mkdir(parents=True)
    files.folder().write_text("un fichier à la place du dossier")
    with pytest.raises(PdfBusy):
        kept(html)
    files.folder().unlink()
    with connection.cursor() as cursor:
        # Those of this connection: the other tests that run beside have their own.
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
        )
        assert cursor.fetchone() == (0,)
    assert kept(html).pages == 1


def test_full_disk_leaves_no_partial_file():
    """No file may pass 2 000 bytes: what a write meets when the disk is full."""
    html = page("<h1>Plein</h1>")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    content_length = len(make(html))
    assert content_length > 2000
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, hard))
    try:
        with pytest.raises(PdfBusy):
            kept(html)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert names() == []
    assert kept(html).size == content_length
