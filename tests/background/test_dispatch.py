from __future__ import annotations

import logging
import socket
from typing import Any

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


def test_an_absent_broker_costs_few_tries_and_one_line(
    broker: Broker, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    tries: list[Any] = []
    connect = socket.socket.connect

    def counted(self: socket.socket, place: Any) -> None:
        tries.append(place)
        connect(self, place)

    broker.stop()
    monkeypatch.setattr(socket.socket, "connect", counted)
    with caplog.at_level(logging.WARNING, "cops.background"):
        dispatch("probe.note", "a private word")
        first = len(tries)
        dispatch("probe.note", "another")
    second = len(tries) - first
    broker.start()

    assert 0 < first <= 3  # a connection of the pool, then one that is new
    assert second == 0
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
