"""Each night, what was kept long enough goes: in batches, noted, and never against a stop."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from cops.background.celery import app
from cops.exports.models import Export
from cops.privacy import Basis, Delete, Retention, declare, registry, retaining
from cops.privacy.models import PurgeRun
from cops.privacy.retaining import model_retain, retained_models
from cops.privacy.tasks import retain, retain_one

pytestmark = pytest.mark.django_db

NAME = "counters.SearchMiss"


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(retaining, "BATCH", 3)
    monkeypatch.setattr(registry, "_declarations", dict(registry._declarations))


def _declare(retention):
    registry._declarations.pop("exports.Export")
    declare(
        "exports.Export",
        title="t", people="p", purpose="b", basis=Basis.CONTRACT, retention=retention,
        person="owner", erasure=Delete(),
    )  # fmt: skip


def _rows(old: int, young: int) -> None:
    now = timezone.now()
    for number in range(old + young):
        days = 40 if number < old else 20
        Export.objects.create(
            kind="k",
            content_hash="",
            fingerprint=str(number),
            created_at=now - timedelta(days=days),
        )


def test_what_is_older_goes_and_the_rest_stays():
    _declare(Retention("Trente jours.", days=30, since="created_at"))
    _rows(old=7, young=2)
    run = model_retain(model="exports.Export")
    assert (run.erased, run.unfinished, run.failed) == (7, False, False)
    assert Export.objects.count() == 2
    assert PurgeRun.objects.get().erased == 7


def test_run_twice_it_finds_nothing_more():
    _declare(Retention("Trente jours.", days=30, since="created_at"))
    _rows(old=1, young=1)
    retain_one("exports.Export")
    retain_one("exports.Export")
    assert sorted(PurgeRun.objects.values_list("erased", flat=True)) == [0, 1]


def test_one_night_erases_so_many_and_says_that_more_is_left(monkeypatch):
    monkeypatch.setattr(retaining, "NIGHT", 6)
    _declare(Retention("Trente jours.", days=30, since="created_at"))
    _rows(old=10, young=0)
    run = model_retain(model="exports.Export")
    assert (run.erased, run.unfinished) == (6, True)
    assert Export.objects.count() == 4


@pytest.mark.parametrize("stop", ["setting", "file"])
def test_a_person_can_hold_everything_back(settings, stop):
    if stop == "setting":
        settings.RETENTION_STOPPED = True
    else:
        settings.RETENTION_STOP_FILE.touch()
    _declare(Retention("Trente jours.", days=30, since="created_at"))
    _rows(old=2, young=0)
    assert model_retain(model="exports.Export") is None
    assert Export.objects.count() == 2


def test_a_purge_of_the_app_is_asked_in_batches():
    left = [8]

    def purge(limit):
        erased = min(limit, left[0])
        left[0] -= erased
        return erased

    _declare(Retention("À notre façon.", purge=purge))
    run = model_retain(model="exports.Export")
    assert (run.erased, left) == (8, [0])


def test_a_failure_is_noted_and_told(caplog):
    def purge(limit):
        raise RuntimeError("no table")

    _declare(Retention("À notre façon.", purge=purge))
    run = model_retain(model="exports.Export")
    assert (run.failed, PurgeRun.objects.get().failed) == (True, True)
    assert "the retention of exports.Export failed" in caplog.text


def test_a_model_that_is_no_longer_declared_is_left_alone():
    assert model_retain(model="exports.Nothing") is None


def test_sessions_whose_time_has_passed_are_erased():
    now = timezone.now()
    for number in range(5):
        Session.objects.create(
            session_key=str(number), session_data="", expire_date=now + timedelta(days=number - 2.5)
        )
    model_retain(model="sessions.Session")
    assert Session.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_each_model_has_its_task_of_the_night():
    assert {"sessions.Session", "audit.Entry", "admin.LogEntry", "exports.Export"} <= set(
        retained_models()
    )
    assert app.conf.beat_schedule["cops.privacy.retain"]["task"] == retain.name
    app.tasks[retain_one.name]
    with app.connection_for_write() as link:
        link.default_channel.client.flushdb()
        retain()
        assert link.default_channel.client.llen("celery") == len(retained_models())
        link.default_channel.client.flushdb()
