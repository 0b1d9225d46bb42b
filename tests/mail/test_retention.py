"""What is kept of a mail, and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cops.mail.enums import State
from cops.mail.models import Message
from cops.mail.retention import messages_erase_old
from tests.mail.conftest import age

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(write):
    """A mail of a category that left some days ago."""

    def make(days: int, **values) -> Message:
        message = write(**values)
        Message.objects.filter(pk=message.pk).update(
            state=State.ACCEPTED, settled_at=timezone.now(), not_before=None
        )
        age(message, settled_at=timedelta(days=days), created_at=timedelta(days=days))
        return message

    return make


def kept() -> list[tuple[str, bool]]:
    rows = Message.objects.order_by("pk").values_list("category", "text")
    return [(category, bool(text)) for category, text in rows]


def test_a_text_is_kept_as_long_as_its_category_says(settled):
    settled(29, category="notice")
    settled(31, category="notice")
    settled(0, category="account")
    assert messages_erase_old(100) == 2
    assert kept() == [("notice", True), ("notice", False), ("account", False)]
    assert messages_erase_old(100) == 0


def test_what_is_to_be_forgotten_goes_whole_as_soon_as_it_is_settled(settled, write):
    settled(0, category="own")
    waiting = write(category="own")
    messages_erase_old(100)
    assert list(Message.objects.all()) == [waiting]


def test_a_category_that_no_longer_exists_is_kept_thirty_days(settled, monkeypatch):
    settled(29), settled(31)
    monkeypatch.setattr("cops.mail.categories._categories", {})
    assert messages_erase_old(100) == 1
    assert kept() == [("notice", True), ("notice", False)]


def test_a_row_is_kept_a_year(settled):
    settled(364), settled(366)
    messages_erase_old(100)
    assert kept() == [("notice", False)]


def test_what_has_not_left_stays_however_old(write):
    for state in (State.PREPARED, State.RETRY, State.UNCERTAIN):
        message = write()
        Message.objects.filter(pk=message.pk).update(state=state)
        age(message, created_at=timedelta(days=900), not_before=timedelta(days=900))
    assert messages_erase_old(100) == 0
    assert kept() == [("notice", True)] * 3


def test_it_goes_by_batches(settled):
    for _ in range(5):
        settled(400)
    counts = []
    while count := messages_erase_old(3):
        counts.append(count)
    assert counts == [3, 3, 3, 1]
    assert kept() == []
