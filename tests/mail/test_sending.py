"""A real SMTP server on loopback, in good health and in trouble."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cops.embedded.mailbox import CLOSE, DROP, HANG
from cops.mail import outbox, sending
from cops.mail.enums import State, SuppressionReason
from cops.mail.models import Message
from cops.mail.sending import outbox_send
from cops.mail.suppressions import is_suppressed, suppression_add
from cops.mail.sweeping import outbox_sweep
from tests.mail.conftest import age

pytestmark = pytest.mark.django_db


def states() -> list[str]:
    return list(Message.objects.order_by("pk").values_list("state", flat=True))


def delay_of(message: Message) -> timedelta:
    """Until the next try, to the minute."""
    minutes = round((message.not_before - timezone.now()).total_seconds() / 60)
    return timedelta(minutes=minutes)


@pytest.fixture
def again(monkeypatch: pytest.MonkeyPatch):
    """Let the time before the next try pass, then send."""

    def send() -> int:
        monkeypatch.setattr(sending, "_away_until", 0.0)
        for message in Message.objects.filter(not_before__isnull=False):
            age(message, not_before=timedelta(hours=3))
        return outbox_send()

    return send


def test_mails_leave_once_over_one_connection(write, sink):
    for number in range(120):  # more than two batches
        write(to=f"p{number}@example.org")
    assert outbox_send() == 120
    assert outbox_send() == 0
    assert sink.to == [f"p{number}@example.org" for number in range(120)]
    assert sink.calls["connect"] == 1
    assert states() == [State.ACCEPTED] * 120


def test_what_is_received_is_what_was_written(write, sink):
    message = write(reply_to="equipe@example.org", context={"subject": "Été « à lire »"})
    outbox_send()
    [mail] = sink.mails
    assert {name: mail[name] for name in ("From", "To", "Reply-To", "Subject")} == {
        "From": "COPS <cops@example.org>",
        "To": "jeanne@example.org",
        "Reply-To": "equipe@example.org",
        "Subject": "Été «\xa0à lire\xa0»",
    }
    assert mail["Message-ID"] == f"<{message.public_id}@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] is None
    text, html = mail.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().startswith("Bonjour Jeanne,\n\n    ABCD-EFGH\n\nVoir https://")
    message.refresh_from_db()
    assert (message.attempts, message.claim, message.lease_until) == (1, "", None)
    assert message.settled_at is not None


def test_lines_that_begin_with_a_dot_arrive_whole(write, sink):
    write(context={"name": "vous\n.\n..\n.fin\n\nEt la suite"})
    outbox_send()
    text = sink.mails[0].get_body(("plain",)).get_content()
    assert text.startswith("Bonjour vous\n.\n..\n.fin\n\nEt la suite,\n")


def test_a_person_who_waits_for_a_code_comes_before_a_newsletter(write, sink):
    for number in range(60):
        write(to=f"lettre{number}@example.org", category="letter")
    write(to="code@example.org", category="account")
    outbox_send()
    assert sink.to[0] == "code@example.org"


def test_the_text_of_a_code_is_gone_as_soon_as_it_left(write, sink):
    code, notice = write(category="account"), write(category="notice")
    outbox_send()
    code.refresh_from_db()
    notice.refresh_from_db()
    assert (code.state, code.text) == (State.ACCEPTED, "")
    assert notice.text.startswith("Bonjour Jeanne")


@pytest.mark.parametrize("stage", ["rcpt", "data", "text"])
def test_one_refused_for_good_holds_back_no_other_and_is_not_tried_again(write, sink, again, stage):
    refused, _ = write(to="p0@example.org"), write(to="p1@example.org")
    sink.refuse(stage, "554 5.7.1 <p0@example.org> no", times=1)
    outbox_send()
    assert states() == [State.REFUSED, State.ACCEPTED]
    refused.refresh_from_db()
    assert refused.reason == "554 5.7.1 <[adresse]> no"
    again()
    assert sink.to == ["p1@example.org"]
    assert sink.calls["mail"] == 2


def test_of_a_mail_to_forget_nothing_is_left_once_it_left_or_was_refused(write, sink, again):
    kept = write()
    write(category="own", to="jeanne@example.org")
    write(category="own", to="nul@example.org")
    sink.refuse("rcpt", "450 4.2.1 later", times=1, about="nul@")
    assert outbox_send() == 2
    assert Message.objects.exclude(pk=kept.pk).get().to == "nul@example.org"  # it waits
    sink.refuse("rcpt", "550 5.1.1 nobody here", about="nul@")
    again()
    assert list(Message.objects.all()) == [kept]


def test_all_refused(write, sink, again):
    for number in range(3):
        write(to=f"p{number}@example.org")
    sink.refuse("rcpt", "550 5.7.1 no")
    assert outbox_send() == 0
    assert states() == [State.REFUSED] * 3
    again()
    assert sink.calls["rcpt"] == 3


def test_an_address_that_does_not_exist_gets_no_more_letters_of_that_kind(write, sink):
    write(category="letter", to="partie@example.org")
    write(category="notice", to="absente@example.org")
    sink.refuse("rcpt", "550 5.1.1 nobody here")
    outbox_send()
    assert states() == [State.REFUSED, State.REFUSED]
    assert is_suppressed("partie@example.org", "letter")
    # What one person asked for is tried each time it is asked.
    assert not is_suppressed("absente@example.org", "notice")


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data", "text"])
def test_refused_for_now_then_taken(write, sink, again, stage):
    message, _ = write(to="p0@example.org"), write(to="p1@example.org")
    sink.refuse(stage, "451 4.7.1 later", times=1)
    outbox_send()
    message.refresh_from_db()
    assert states() == [State.RETRY, State.ACCEPTED]
    assert (message.attempts, message.reason, delay_of(message)) == (
        1,
        "451 4.7.1 later",
        timedelta(minutes=1),
    )
    assert outbox_send() == 0  # its time has not come
    assert again() == 1
    assert sink.to == ["p1@example.org", "p0@example.org"]


def test_the_delays_grow_and_the_fifth_try_is_the_last(write, sink, again):
    message = write()
    sink.refuse("rcpt", "450 4.2.1 full")
    outbox_send()
    delays = []
    for _ in range(3):
        message.refresh_from_db()
        delays.append(delay_of(message))
        again()
    message.refresh_from_db()
    delays.append(delay_of(message))
    assert delays == list(outbox.DELAYS)
    again()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.parked) == (State.RETRY, 5, True)
    assert again() == 0
    assert sink.calls["rcpt"] == 5


@pytest.mark.parametrize(
    ("stage", "answer"),
    [
        ("connect", CLOSE),
        ("connect", HANG),
        ("connect", "554 no"),
        ("connect", "421 full"),
        ("ehlo", "550 no"),
        ("ehlo", CLOSE),
    ],
)
def test_a_server_that_takes_nobody_costs_no_mail_a_try(
    write, sink, settings, again, stage, answer
):
    settings.EMAIL_TIMEOUT = 0.3
    for number in range(3):
        write(to=f"p{number}@example.org")
    sink.refuse(stage, answer)
    assert outbox_send() == 0
    before = sink.calls["connect"]
    assert outbox_send() == 0
    assert sink.calls["connect"] == before  # left alone for some seconds
    assert states() == [State.PREPARED] * 3
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}
    sink.rule = None
    assert again() == 3
    assert sorted(sink.to) == [f"p{number}@example.org" for number in range(3)]


def test_our_own_address_refused_is_nobodys_fault(write, sink, again):
    write()
    sink.refuse("mail", "553 5.7.1 not yours")
    outbox_send()
    assert states() == [State.PREPARED]
    sink.rule = None
    assert again() == 1


def test_a_mail_too_large_for_the_server_is_refused_alone(write, sink):
    write(), write()
    sink.refuse("mail", "552 5.3.4 too large", times=1)
    outbox_send()
    assert states() == [State.REFUSED, State.ACCEPTED]


def test_a_server_that_is_not_there(write, sink, settings):
    settings.EMAIL_PORT = 1
    write()
    assert outbox_send() == 0
    assert states() == [State.PREPARED]


@pytest.mark.parametrize("stage", ["mail", "rcpt", "data"])
@pytest.mark.parametrize("fault", [CLOSE, HANG])
def test_a_connection_lost_before_the_text_is_made_anew_and_nothing_is_double(
    write, sink, settings, stage, fault
):
    settings.EMAIL_TIMEOUT = 0.3
    for number in range(4):
        write(to=f"p{number}@example.org")
    seen = []

    def rule(now: str, given: str) -> str | None:
        if now != stage:
            return None
        seen.append(now)
        return fault if len(seen) == 2 else None

    sink.rule = rule
    assert outbox_send() == 4
    assert sink.to == [f"p{number}@example.org" for number in range(4)]
    assert sink.calls["connect"] == 2
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_a_server_that_ends_each_connection_after_one_mail(write, sink):
    for number in range(4):
        write(to=f"p{number}@example.org")
    count = []

    def rule(now: str, given: str) -> str | None:
        if now == "connect":
            count.clear()
        if now == "mail":
            count.append(given)
            return "421 4.7.0 one is enough" if len(count) > 1 else None
        return None

    sink.rule = rule
    assert outbox_send() == 4
    assert sink.calls["connect"] == 4


def test_a_mail_that_always_ends_the_connection_does_not_stop_the_others(write, sink, again):
    poison = write(to="poison@example.org")
    for number in range(3):
        write(to=f"p{number}@example.org")
    sink.refuse("rcpt", CLOSE, about="poison")
    for _ in range(6):
        again()
    poison.refresh_from_db()
    assert (poison.state, poison.attempts, poison.parked) == (State.RETRY, 5, True)
    assert sorted(sink.to) == [f"p{number}@example.org" for number in range(3)]


@pytest.mark.parametrize("fault", [DROP, HANG])
def test_a_silence_after_the_text_is_uncertain_and_what_one_person_waits_for_is_sent_again(
    write, sink, settings, again, fault
):
    settings.EMAIL_TIMEOUT = 0.3
    message = write()
    sink.refuse("text", fault, times=1)
    outbox_send()
    message.refresh_from_db()
    assert (message.state, message.attempts, delay_of(message)) == (
        State.UNCERTAIN,
        1,
        timedelta(minutes=1),
    )
    assert again() == 1
    assert set(sink.ids) == {f"<{message.public_id}@example.org>"}
    assert len(sink.ids) == (2 if fault == DROP else 1)  # the same one twice, at most


def test_a_silence_after_the_text_of_a_letter_waits_for_a_person(write, sink, again):
    letter, other = write(category="letter"), write(category="letter")
    sink.refuse("text", DROP, times=1)
    outbox_send()
    letter.refresh_from_db()
    other.refresh_from_db()
    assert (letter.state, letter.parked, other.state) == (State.UNCERTAIN, True, State.ACCEPTED)
    assert again() == 0
    assert len(sink.received) == 2


def test_a_server_that_always_drops_is_left_alone_after_two(write, sink):
    for _ in range(6):
        write(category="letter")
    sink.refuse("text", DROP)
    outbox_send()
    assert sorted(states()) == [State.PREPARED] * 4 + [State.UNCERTAIN] * 2


def test_closing_after_a_refusal_of_the_text_is_no_uncertainty(write, sink, again):
    message = write()
    sink.refuse("text", "421 4.3.0 closing", times=1)
    outbox_send()
    message.refresh_from_db()
    assert (message.state, message.reason) == (State.RETRY, "421 4.3.0 closing")
    assert again() == 1


def test_an_opt_out_is_looked_at_just_before_sending(write, sink):
    letter = write(category="letter")
    kept = write(category="letter", to="autre@example.org")
    suppression_add(
        address="JEANNE@example.org", category="letter", reason=SuppressionReason.OPT_OUT
    )
    outbox_send()
    letter.refresh_from_db()
    kept.refresh_from_db()
    assert (letter.state, letter.attempts, letter.text) == (State.SKIPPED, 0, "")
    assert kept.state == State.ACCEPTED
    assert sink.to == ["autre@example.org"]


def test_one_mail_that_cannot_be_built_holds_back_no_other(write, sink):
    wrong, _ = write(), write(to="autre@example.org")
    # No address of a domain: the name of ours is too long for one of its parts.
    Message.objects.filter(pk=wrong.pk).update(to=f"a@{'b' * 70}.org é")
    outbox_send()
    wrong.refresh_from_db()
    assert states() == [State.REFUSED, State.ACCEPTED]
    assert wrong.reason.startswith("Ce courriel n’a pas pu être composé (")


def test_the_budget_passes_the_rest_on(write, sink, monkeypatch):
    sent = []
    monkeypatch.setattr(sending, "dispatch", lambda name, *args: sent.append((name, *args)))
    monkeypatch.setattr(sending, "BATCH", 2)
    monkeypatch.setattr(sending, "BUDGET", -1.0)
    for _ in range(5):
        write()
    assert outbox_send() == 2
    assert sent == [("cops.mail.send", 1), ("cops.mail.send", sending.LANES)]
    assert sorted(states()) == [State.ACCEPTED] * 2 + [State.PREPARED] * 3


def test_a_wave_calls_no_more_workers_than_there_are_lanes(write, sink, monkeypatch):
    sent = []
    monkeypatch.setattr(sending, "dispatch", lambda name, *args: sent.append(args))
    monkeypatch.setattr(sending, "BATCH", 2)
    for _ in range(4):
        write()
    outbox_send(rank=sending.LANES - 1)
    assert sent == []


def test_two_sweeps_find_what_one_lost_message_left(write, sink, monkeypatch):
    sent = []
    monkeypatch.setattr("cops.mail.sweeping.dispatch", lambda name, *args: sent.append(name))
    write()
    outbox_sweep()
    outbox_sweep()
    assert sent == ["cops.mail.send"] * 2
    outbox_send()
    outbox_sweep()
    assert len(sent) == 2
