from __future__ import annotations

import logging
import time

import pytest
from django.db import transaction

from cops.background import dispatch, dispatching
from tests.background.conftest import Broker

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_task_is_sent_once_the_transaction_commits(broker: Broker):
    with transaction.atomic():
        dispatch("probe.note", "committed")
        assert broker.waiting() == 0
    assert broker.waiting() == 1


def test_nothing_is_sent_when_the_transaction_fails(broker: Broker):
    with transaction.atomic():
        dispatch("probe.note", "undone")
        transaction.set_rollback(True)
    assert broker.waiting() == 0


def test_an_absent_broker_costs_a_moment_and_one_line(
    broker: Broker, caplog: pytest.LogCaptureFixture
):
    broker.stop()
    begin = time.monotonic()
    with caplog.at_level(logging.WARNING, "cops.background"):
        dispatch("probe.note", "a private word")
    first = time.monotonic() - begin
    dispatch("probe.note", "another")
    second = time.monotonic() - begin - first
    broker.start()

    assert first < 2
    assert second < 0.1
    lines = [record.getMessage() for record in caplog.records if record.name == "cops.background"]
    assert lines == [
        "probe.note is left to the sweeper: OperationalError",
        "probe.note is left to the sweeper: no broker",
    ]


def test_a_broker_that_came_back_is_used_without_a_restart(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(dispatching, "PAUSE", 0.0)
    dispatch("probe.note", "before")
    broker.stop()
    dispatch("probe.note", "during")
    broker.start()
    dispatch("probe.note", "after")

    assert broker.waiting() == 2  # what it had accepted is kept; a sweeper does the other


def test_a_restart_between_two_tasks_is_not_seen(broker: Broker):
    dispatch("probe.note", "before")
    broker.stop()
    broker.start()
    dispatch("probe.note", "after")

    assert broker.waiting() == 2
