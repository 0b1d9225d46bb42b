"""Alarms begin and end in the logs, and the dead-man switch hears us only while all is well."""

from __future__ import annotations

import dataclasses
import logging
import os
import time

import pytest
from django.core.cache import cache

from cops.operation import alarms, queues, readiness, watching
from cops.operation.tasks import watch as task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(settings):
    settings.BACKUP_FOLDER = ""
    settings.HEARTBEAT_URL = ""
    cache.clear()


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.INFO, "cops.operation")
    return lambda: [
        (record.levelname, record.getMessage())
        for record in caplog.records
        if record.name == "cops.operation"
    ]


def test_while_all_is_well_each_look_is_one_ping(receiver, settings, lines):
    settings.HEARTBEAT_URL = f"{receiver.url}/battement/abc"
    assert watching.watch() == []
    task()
    assert [(method, path) for method, path, *_ in receiver.received] == [
        ("POST", "/battement/abc")
    ] * 2
    assert lines() == []


def test_an_alarm_is_told_once_and_so_is_its_end_and_the_switch_hears_nothing(
    receiver, settings, monkeypatch, lines
):
    settings.HEARTBEAT_URL = receiver.url
    rule = next(rule for rule in alarms.RULES if rule.key == "disk")
    full = dataclasses.replace(rule, measure=lambda: 1000.0)
    monkeypatch.setattr(alarms, "RULES", (full,))
    assert watching.watch() == ["disk"]
    assert watching.watch() == ["disk"]
    assert receiver.received == []
    assert lines() == [("ERROR", "alarm begins: disk")]
    monkeypatch.setattr(alarms, "RULES", ())
    assert watching.watch() == []
    assert lines()[1:] == [("INFO", "alarm ends: disk")]
    assert len(receiver.received) == 1


def test_a_switch_that_does_not_answer_is_one_line_without_its_address(settings, lines, receiver):
    receiver.status = 500
    settings.HEARTBEAT_URL = f"{receiver.url}/secret-du-battement"
    assert watching.ping() is False
    settings.HEARTBEAT_URL = "http://127.0.0.1:9/secret-du-battement"
    assert watching.ping() is False
    assert lines() == [
        ("WARNING", "the heartbeat was not heard (HTTPError)"),
        ("WARNING", "the heartbeat was not heard (URLError)"),
    ]


def test_without_an_address_nobody_is_pinged():
    assert watching.ping() is False


def test_a_timer_that_stopped_is_seen_from_the_web():
    queues.note_watch(time.time() - 301)
    assert [reading.key for reading in alarms.active()] == ["timer"]
    watching.watch()
    assert alarms.active() == []


def test_a_chain_that_never_ran_counts_from_our_start(monkeypatch):
    monkeypatch.setattr(queues, "_started", time.time() - 400)
    assert [reading.key for reading in alarms.active()] == ["timer"]


def test_an_old_backup_is_an_alarm_and_a_new_one_ends_it(settings, tmp_path):
    settings.BACKUP_FOLDER = str(tmp_path)
    assert alarms.active() == []  # the folder is new: the first backup is still to come
    old = tmp_path / "cops-20260101T030000Z.tar.gpg"
    old.touch()
    os.utime(old, (time.time() - 31 * 3600,) * 2)
    (tmp_path / "autre.txt").touch()
    assert [reading.key for reading in alarms.active()] == ["backup"]
    (tmp_path / "cops-20260102T030000Z.tar.gpg").touch()
    assert alarms.active() == []


def test_a_folder_of_backups_that_is_gone_is_an_alarm(settings, tmp_path):
    settings.BACKUP_FOLDER = str(tmp_path / "nulle-part")
    assert [reading.key for reading in alarms.active()] == ["backup"]


def test_a_full_disk_is_an_alarm(monkeypatch):
    monkeypatch.setattr(readiness.shutil, "disk_usage", lambda place: type("U", (), {"free": 5})())
    assert [reading.key for reading in alarms.active()] == ["disk"]
