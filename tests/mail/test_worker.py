"""A real worker: killed in the middle, without its broker, beside another."""

from __future__ import annotations

import threading
from collections import Counter
from email.utils import unquote

import pytest
from django.db import connection, transaction

from cops.mail.enums import SETTLED, State
from cops.mail.models import Message
from cops.mail.sending import outbox_send
from cops.mail.sweeping import outbox_sweep
from tests.background.conftest import Broker, Worker
from tests.embedded.conftest import wait_for
from tests.mail.sink import Sink

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PATIENCE = 90


def _identifiers(sink: Sink) -> Counter[str]:
    """How often each mail was received, by the name of its row."""
    return Counter(unquote(one).partition("@")[0] for one in sink.ids)


def test_a_worker_killed_three_times_loses_no_mail_and_sends_none_in_number_twice(
    write, sink: Sink, worker: Worker
):
    kills = [30, 70, 150]
    with transaction.atomic():
        for number in range(100):
            write(to=f"p{number}@example.org")
        for number in range(100):
            write(to=f"p{number}@example.org", category="letter")

    def rule(stage: str, given: str) -> str | None:
        # The text is here, the answer will never be read: nobody can tell what became of it.
        if stage == "text" and kills and len(sink.received) >= kills[0]:
            kills.pop(0)
            worker.kill()
        return None

    sink.rule = rule
    assert wait_for(lambda: _all_settled(worker), PATIENCE), worker.log()

    assert not kills
    received = _identifiers(sink)
    rows = list(Message.objects.all())
    assert {row.public_id for row in rows} == set(received), "a mail was lost"
    letters = [row for row in rows if row.bulk]
    assert {received[row.public_id] for row in letters} == {1}
    again = [row for row in rows if received[row.public_id] > 1]
    assert [received[row.public_id] for row in again] == [2, 2]
    states = Counter((row.bulk, row.state) for row in rows)
    assert states == {
        (False, State.ACCEPTED): 100,
        (True, State.ACCEPTED): 99,
        (True, State.UNCERTAIN): 1,
    }


def _all_settled(worker: Worker) -> bool:
    if worker.child and worker.child.poll() is not None:
        worker.start()
    outbox_sweep()  # the minute of the timer has come
    waiting = Message.objects.exclude(state__in=SETTLED)
    return not waiting.exclude(state=State.UNCERTAIN, not_before=None).exists()


def test_redis_stopped_while_a_form_is_saved_delays_the_mail_and_loses_nothing(
    write, sink: Sink, worker: Worker, broker: Broker
):
    write(to="avant@example.org")
    assert wait_for(lambda: sink.to == ["avant@example.org"], PATIENCE), worker.log()
    broker.stop()
    with transaction.atomic():
        message = write(to="pendant@example.org")
    message.refresh_from_db()
    assert message.state == State.PREPARED
    broker.start()
    assert wait_for(lambda: _all_settled(worker), PATIENCE), worker.log()
    assert sink.to == ["avant@example.org", "pendant@example.org"]


def test_two_workers_share_the_mails_and_send_each_once(write, sink: Sink):
    for number in range(300):
        write(to=f"p{number}@example.org")
    begin = threading.Barrier(2)
    sent = []

    def one() -> None:
        begin.wait()
        sent.append(outbox_send())
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(sent) == 300
    assert min(sent) > 0
    assert set(_identifiers(sink).values()) == {1}
    assert set(Message.objects.values_list("state", flat=True)) == {State.ACCEPTED}
