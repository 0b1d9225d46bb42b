"""Making a document: its progress is seen at once, its file is whole or absent."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from billiard.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from django.db import connection, connections, transaction
from django.db.models.functions import Now

from cops.exports import ExportFault, Made, request_export
from cops.exports.enums import State
from cops.exports.models import Export
from cops.exports.running import export_run, work_folder
from cops.exports.services import export_retry, export_take
from tests.exports.making import KIND, leaflet

pytestmark = pytest.mark.django_db(transaction=True)


def _asked(content_hash: str = "1") -> Export:
    return request_export(kind=KIND, parameters={"leaf": 1}, content_hash=content_hash)


def _run(export: Export) -> Export:
    export_run(export.pk)
    export.refresh_from_db()
    return export


def _work_left() -> list[Path]:
    return list(work_folder().iterdir()) if work_folder().exists() else []


@pytest.mark.usefixtures("leaflets")
def test_a_document_is_made_and_kept():
    export = _run(_asked())
    assert (export.state, export.attempts, export.done, export.total) == (State.READY, 1, 3, 3)
    assert (export.filename, export.format, export.size) == ("dépliant.pdf", "PDF", 16)
    assert (export.token, export.lease_until) == ("", None)
    with default_storage.open(export.file) as file:
        assert file.read() == b"%PDF-1.7 leaflet"
    assert _work_left() == []


@pytest.mark.usefixtures("leaflets")
def test_run_twice_it_is_made_once():
    first = _run(_asked())
    second = _run(first)
    assert second.attempts == 1
    assert second.file == first.file


def test_progress_is_seen_from_outside_while_the_work_is_in_a_transaction(kind):
    seen: list[tuple] = []

    def make(export, progress):
        with transaction.atomic():
            Export.objects.filter(pk=export.pk).exists()
            progress(2, 5, "pages")
            with psycopg.connect(**connection.get_connection_params()) as other:
                row = other.execute("select state, done, total, phase from exports_export")
                seen.extend(row.fetchall())
        export.target.write_bytes(b"x")
        return Made("dépliant.pdf")

    kind(make=make)
    _run(_asked())
    assert seen == [("making", 2, 5, "pages")]


def test_progress_beyond_its_total_is_brought_back(kind):
    def make(export, progress):
        progress(9, 5, "pages")
        progress(-1, -3, "pages")
        export.target.write_bytes(b"x")
        return Made("dépliant.pdf")

    kind(make=make)
    assert _run(_asked()).state == State.READY


def test_a_full_disk_leaves_no_partial_file_and_a_clear_state(kind):
    def make(export, progress):
        # A disk without room, of the system's own.
        export.target.symlink_to("/dev/full")
        export.target.write_bytes(b"x" * 100_000)
        return Made("dépliant.pdf")

    kind(make=make)
    export = _run(_asked())
    assert (export.state, export.reason, export.file) == (State.FAILED, "disk", "")
    assert _work_left() == []
    assert not default_storage.exists("exports") or default_storage.listdir("exports")[1] == []


def test_what_failed_is_made_when_asked_again(kind):
    room = []

    def make(export, progress):
        if not room:
            export.target.symlink_to("/dev/full")
        export.target.write_bytes(b"%PDF")
        return Made("dépliant.pdf")

    kind(make=make)
    export = _run(_asked())
    assert export.state == State.FAILED
    room.append("yes")
    assert export_retry(export=export)
    assert _run(export).state == State.READY


@pytest.mark.parametrize(
    ("error", "reason", "words"),
    [
        (ExportFault("Ce classeur est vide."), "told", "Ce classeur est vide."),
        (SoftTimeLimitExceeded(), "long", ""),
        (RuntimeError("a bug"), "fault", ""),
        (OSError(5, "Input/output error"), "fault", ""),
    ],
    ids=["told", "long", "fault", "device"],
)
def test_a_failure_says_its_reason(kind, error, reason, words):
    def make(export, progress):
        export.target.write_bytes(b"half")
        raise error

    kind(make=make)
    export = _run(_asked())
    assert (export.state, export.reason, export.words) == (State.FAILED, reason, words)
    assert _work_left() == []


def test_the_third_failure_sets_it_aside_and_the_team_alone_tries_again(kind):
    def make(export, progress):
        raise RuntimeError("always")

    kind(make=make)
    export = _asked()
    for _ in range(3):
        _run(export)
        export_retry(export=export)
    export.refresh_from_db()
    assert (export.state, export.attempts) == (State.PARKED, 3)
    assert not export_retry(export=export)
    assert export_retry(export=export, by_team=True)
    export.refresh_from_db()
    assert (export.state, export.attempts) == (State.WAITING, 0)


def test_what_another_worker_took_up_is_dropped(kind):
    def make(export, progress):
        # This worker slept too long: its lease ran out, another one came.
        Export.objects.filter(pk=export.pk).update(lease_until=Now() - timedelta(seconds=1))
        other = export_take(pk=export.pk)
        assert other is not None
        progress(1, 1, "pages")
        raise AssertionError("the work went on for nothing")

    kind(make=make)
    export = _run(_asked())
    assert (export.state, export.attempts) == (State.MAKING, 2)
    assert export.token


def test_a_file_made_too_late_is_not_kept(kind):
    def make(export, progress):
        Export.objects.filter(pk=export.pk).update(lease_until=Now() - timedelta(seconds=1))
        export_take(pk=export.pk)
        return leaflet_without_progress(export)

    def leaflet_without_progress(export):
        export.target.write_bytes(b"late")
        return Made("dépliant.pdf")

    kind(make=make)
    export = _run(_asked())
    assert (export.state, export.file) == (State.MAKING, "")
    assert default_storage.listdir("exports")[1] == []


def test_two_workers_make_one(kind):
    begun = threading.Barrier(2, timeout=10)
    made = []

    def make(export, progress):
        made.append(export.attempts)
        return leaflet(export, progress)

    kind(make=make)
    export = _asked()

    def run():
        begun.wait()
        export_run(export.pk)
        connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    export.refresh_from_db()
    assert made == [1]
    assert export.state == State.READY


def test_an_export_without_maker_fails(leaflets, monkeypatch):
    from cops.exports.kinds import kind_forget

    export = _asked()
    kind_forget(KIND)
    assert _run(export).state == State.FAILED


def test_a_row_that_is_gone_makes_nothing():
    export_run(0)


@pytest.mark.parametrize(
    "name", ["a/b.pdf", "../x.pdf", "x.exe", "x", "x\r\ny.pdf", "a" * 130 + ".pdf"]
)
def test_a_download_has_a_safe_name(name):
    with pytest.raises(ValueError, match=r"type|file name"):
        Made(name)
