"""What the database itself refuses, and every step from one state to another."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cops.mail import outbox
from cops.mail.enums import HELD, SETTLED, TRANSITIONS, WAITING, State, sources
from cops.mail.models import Message, Suppression
from cops.mail.outbox import Outcome

pytestmark = pytest.mark.django_db
TOKEN = "t" * 22


def refused(rows, **values) -> bool:
    try:
        with transaction.atomic():
            rows.update(**values)
    except IntegrityError:
        return True
    return False


def put(message: Message, state: str) -> None:
    """A mail in any state, as raw as the constraints allow."""
    held = {"claim": TOKEN, "lease_until": timezone.now() + timedelta(minutes=1)}
    free = {"claim": "", "lease_until": None}
    Message.objects.filter(pk=message.pk).update(
        state=state,
        settled_at=timezone.now() if state in SETTLED else None,
        **(held if state in HELD else free),
    )


@pytest.mark.parametrize(
    "values",
    [
        {"state": "unknown"},
        {"attempts": 6},
        {"state": State.CLAIMED},
        {"state": State.TRANSMITTING, "claim": TOKEN},
        {"claim": TOKEN},
        {"lease_until": timezone.now()},
        {"state": State.ACCEPTED},
        {"settled_at": timezone.now()},
        {"not_before": None},
        {"text": ""},
        {"bulk": True, "state": State.UNCERTAIN},
        {"to": "jeanne@example.org\nBcc: x@example.org"},
        {"subject": "Titre\r\nBcc: x@example.org"},
        {"reply_to": "x@example.org\rBcc: y@example.org"},
    ],
)
def test_a_row_that_makes_no_sense_is_refused(write, values):
    message = write()
    assert refused(Message.objects.filter(pk=message.pk), **values)


@pytest.mark.parametrize(
    "values",
    [
        {"state": State.RETRY, "not_before": None},
        {"state": State.UNCERTAIN, "bulk": True, "not_before": None},
        {"state": State.ACCEPTED, "settled_at": timezone.now(), "text": "", "not_before": None},
    ],
)
def test_a_row_that_makes_sense_is_taken(write, values):
    message = write()
    assert not refused(Message.objects.filter(pk=message.pk), **values)


def test_a_suppression_is_kept_once_and_for_a_known_reason():
    Suppression.objects.create(address_hash="a" * 64, category="letter", reason="opt_out")
    with pytest.raises(IntegrityError), transaction.atomic():
        Suppression.objects.create(address_hash="a" * 64, category="letter", reason="bounce")
    assert refused(Suppression.objects.all(), reason="unknown")


def test_the_states_are_parted_once():
    assert sorted((*WAITING, *HELD, *SETTLED)) == sorted(State)
    assert set(TRANSITIONS) == set(State)
    assert [state for state in State if not TRANSITIONS[state]] == sorted(SETTLED)


@pytest.mark.parametrize(("origin", "target"), list(product(State, (*WAITING, *SETTLED))))
def test_an_outcome_is_written_from_the_states_that_allow_it_alone(write, origin, target):
    message = write()
    put(message, origin)
    [row] = _rows(message)
    done = outbox.settle(row, Outcome(target, delay=timedelta(minutes=1)), token=TOKEN)
    # A batch moves what it holds; what waits is moved by a claim or by a person.
    allowed = target in TRANSITIONS[origin] and origin in HELD
    assert done == allowed
    message.refresh_from_db()
    assert message.state == (target if allowed else origin)


@pytest.mark.parametrize("origin", list(State))
def test_transmitting_begins_from_claimed_alone(write, origin):
    message = write()
    put(message, origin)
    [row] = _rows(message)
    _, begun = outbox.step(token=TOKEN, following=row)
    assert begun == (origin == State.CLAIMED)


@pytest.mark.parametrize("origin", list(State))
def test_a_claim_takes_what_waits_alone(write, origin):
    message = write()
    put(message, origin)
    taken = outbox.claim(token="u" * 22, limit=10)
    assert [row.id for row in taken] == ([message.pk] if origin in WAITING else [])
    assert (State.CLAIMED in TRANSITIONS[origin]) == (origin in WAITING)


def test_another_batch_cannot_write_what_it_does_not_hold(write):
    message = write()
    put(message, State.TRANSMITTING)
    [row] = _rows(message)
    assert not outbox.settle(row, Outcome(State.ACCEPTED), token="u" * 22)
    message.refresh_from_db()
    assert message.state == State.TRANSMITTING


@pytest.mark.parametrize(
    ("state", "bulk", "attempts", "after", "parked"),
    [
        (State.CLAIMED, False, 0, State.PREPARED, False),
        (State.CLAIMED, True, 0, State.PREPARED, False),
        (State.TRANSMITTING, False, 0, State.UNCERTAIN, False),
        (State.TRANSMITTING, False, 4, State.UNCERTAIN, True),
        (State.TRANSMITTING, True, 0, State.UNCERTAIN, True),
    ],
)
def test_a_lease_that_ends(write, state, bulk, attempts, after, parked):
    message = write(category="letter" if bulk else "notice")
    put(message, state)
    Message.objects.filter(pk=message.pk).update(attempts=attempts)
    assert outbox.lapse() == (0, 0)  # the worker is alive
    Message.objects.filter(pk=message.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert sum(outbox.lapse()) == 1
    assert outbox.lapse() == (0, 0)
    message.refresh_from_db()
    tried = state == State.TRANSMITTING
    assert (message.state, message.attempts, message.parked, message.claim) == (
        after,
        attempts + tried,
        parked,
        "",
    )


def test_what_was_not_begun_is_given_back(write):
    write(), write()
    first, _ = outbox.claim(token=TOKEN, limit=2)
    outbox.step(token=TOKEN, following=first)
    assert outbox.release(token=TOKEN) == 1
    states = Message.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.TRANSMITTING, State.PREPARED]


def test_sources_are_the_table_read_the_other_way():
    assert sources(State.UNCERTAIN) == ["transmitting"]
    assert sources(State.CLAIMED) == ["prepared", "retry", "uncertain"]
    assert sources(State.ACCEPTED) == ["transmitting"]


def _rows(message: Message) -> list[outbox.Row]:
    fields = outbox.Row._fields
    return [outbox.Row(*row) for row in Message.objects.filter(pk=message.pk).values_list(*fields)]
