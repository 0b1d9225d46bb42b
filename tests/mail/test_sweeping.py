"""Each minute: what waits, since when, and who is told."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.core.cache import cache

from cops.background.registry import sweepers
from cops.mail import oldest_wait
from cops.mail.enums import State
from cops.mail.models import Message
from cops.mail.sending import outbox_send
from cops.mail.sweeping import outbox_sweep
from tests.mail.conftest import age

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.delete("mail:alarm")


def minutes() -> int:
    return int(oldest_wait().total_seconds() // 60)


def test_nothing_waits():
    assert oldest_wait() == timedelta()


def test_the_oldest_of_those_that_should_have_left(write):
    age(write(), not_before=timedelta(minutes=4))
    age(write(), not_before=timedelta(minutes=12))
    assert minutes() == 12


def test_one_put_off_waits_from_the_end_of_its_delay(write):
    message = write()
    Message.objects.filter(pk=message.pk).update(state=State.RETRY, attempts=1)
    age(message, created_at=HOUR, not_before=timedelta(minutes=-5))
    assert oldest_wait() == timedelta()
    age(message, not_before=timedelta(minutes=8))
    assert minutes() == 3


def test_one_held_by_a_worker_still_waits(write):
    message = write()
    Message.objects.filter(pk=message.pk).update(
        state=State.CLAIMED, claim="t", lease_until=message.created_at + HOUR
    )
    age(message, not_before=timedelta(minutes=11))
    assert minutes() == 11


@pytest.mark.parametrize("state", [State.RETRY, State.UNCERTAIN])
def test_one_that_waits_for_a_person_is_not_late(write, state):
    message = write()
    age(message, created_at=HOUR)
    Message.objects.filter(pk=message.pk).update(state=state, not_before=None)
    assert oldest_wait() == timedelta()


def test_one_that_left_is_not_late(write, sink):
    age(write(), not_before=HOUR)
    outbox_send()
    assert oldest_wait() == timedelta()


def test_the_alarm_rings_once_per_hour_after_ten_minutes(write, caplog):
    message = write()
    age(message, not_before=timedelta(minutes=9))
    with caplog.at_level(logging.ERROR, "cops.mail"):
        outbox_sweep()
        assert caplog.messages == []
        age(message, not_before=timedelta(minutes=2))
        outbox_sweep()
        outbox_sweep()
    assert caplog.messages == ["the oldest mail has been waiting for 11 minutes"]


def test_the_sweeper_is_on_the_timer():
    assert sweepers()["mail.outbox"] is outbox_sweep
