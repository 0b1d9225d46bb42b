"""A mail is a row of the caller's transaction."""

from __future__ import annotations

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from cops.background import dispatching
from cops.mail.enums import State, SuppressionReason
from cops.mail.models import Message
from cops.mail.rendering import TemplateFault
from cops.mail.suppressions import suppression_add

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent_tasks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the tasks given to the broker."""
    names: list[str] = []
    monkeypatch.setattr(dispatching, "_send", lambda name, args: names.append(name))
    return names


def test_a_mail_is_a_row_ready_to_leave(write):
    person = get_user_model().objects.create_user("jeanne@example.org")
    message = write(person=person, reply_to="equipe@example.org", category="letter")
    message.refresh_from_db()
    assert (message.to, message.subject, message.state, message.bulk, message.attempts) == (
        "jeanne@example.org",
        "Votre code",
        State.PREPARED,
        True,
        0,
    )
    assert (message.person, message.reply_to) == (person, "equipe@example.org")
    assert message.text.split("\n\n") == [
        "Bonjour Jeanne,",
        "    ABCD-EFGH",
        "Voir https://portail.example.org/page/ pour la suite.\n",
    ]
    assert len(message.public_id) == 22


def test_the_same_key_is_queued_once(write):
    assert write(dedupe_key="once") is not None
    assert write(dedupe_key="once", to="autre@example.org") is None
    assert list(Message.objects.values_list("to", flat=True)) == ["jeanne@example.org"]


@pytest.mark.django_db(transaction=True)
def test_the_same_key_from_twelve_threads_is_queued_once(write):
    results = []

    def one() -> None:
        results.append(write(dedupe_key="once") is not None)
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False] * 11 + [True]
    assert Message.objects.count() == 1


def test_a_change_that_fails_sends_nothing(write, sent_tasks, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert sent_tasks == []


def test_many_mails_of_one_transaction_call_the_workers_once(
    write, sent_tasks, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(20):
            write(to=f"p{number}@example.org")
    assert sent_tasks == ["cops.mail.send"]


def test_a_part_undone_does_not_silence_the_rest(
    write, sent_tasks, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            write()
            transaction.set_rollback(True)
        write()
    assert sent_tasks == ["cops.mail.send"]


def test_an_address_that_opted_out_gets_a_row_that_is_not_sent(
    write, sent_tasks, django_capture_on_commit_callbacks
):
    suppression_add(
        address="Jeanne@example.org", category="letter", reason=SuppressionReason.OPT_OUT
    )
    with django_capture_on_commit_callbacks(execute=True):
        message = write(category="letter")
    message.refresh_from_db()
    assert (message.state, message.text) == (State.SKIPPED, "")
    assert message.reason == "L’adresse ne reçoit plus ces courriels."
    assert sent_tasks == []
    assert write(category="notice").state == State.PREPARED


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": "jeanne"},
        {"to": ""},
        {"to": "jeanne@example.org\nBcc: x@example.org"},
        {"to": "jeanne@example.org\r\nBcc: x@example.org"},
        {"to": "Jeanne <jeanne@example.org>"},
        {"to": "a@example.org, b@example.org"},
        {"to": f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org"},
        {"reply_to": "equipe@example.org\r\nBcc: x@example.org"},
        {"dedupe_key": ""},
        {"dedupe_key": "k" * 201},
        {"dedupe_key": "a\r\nb"},
        {"category": "unknown"},
    ],
)
def test_what_cannot_be_sent_is_refused_before_it_is_written(write, wrong):
    with pytest.raises(ValueError, match=r"mail|address|declared"):
        write(**wrong)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "typed",
    ["Titre\r\nBcc: x@example.org", "Titre\nBcc: x@example.org", "Titre\x0bBcc: x@example.org"],
)
def test_what_people_type_cannot_add_a_header(write, typed):
    message = write(context={"subject": typed})
    assert message.subject == "Titre Bcc : x@example.org".replace(" :", ":")


def test_a_blank_line_in_a_subject_ends_it(write):
    message = write(context={"subject": "Titre\r\n\r\nBcc: x@example.org"})
    assert message.subject == "Titre"
    assert message.text.startswith("Bcc: x@example.org\n\nBonjour")


def test_a_value_is_written_without_being_escaped_in_the_text(write):
    message = write(context={"name": "<b>L'équipe & co</b> ? Oui"})
    assert "Bonjour <b>L’équipe & co</b>\u202f? Oui," in message.text


def test_a_template_without_subject_is_a_fault(write, tmp_path):
    (tmp_path / "templates" / "essai" / "emails" / "bad.txt").write_text("Bonjour\n\nTexte")
    with pytest.raises(TemplateFault, match=r"essai/emails/bad\.txt"):
        write(template="essai/emails/bad")
