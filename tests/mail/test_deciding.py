"""What the team decides, from its page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cops import audit
from cops.mail.deciding import message_leave, message_send_again, messages_send_again
from cops.mail.enums import State, SuppressionReason
from cops.mail.models import Message, Suppression
from cops.mail.sending import outbox_send
from cops.mail.suppressions import is_suppressed, suppression_add
from cops.mail.work import to_do
from cops.todo import Urgency
from tests.accounts.people import person, sign_in
from tests.mail.conftest import age

pytestmark = pytest.mark.django_db
PAGE = "/pilotage/courriels/"


@pytest.fixture
def team():
    return person("team", display_name="Jeanne")


@pytest.fixture
def page(client: Client, team) -> Client:
    sign_in(client, team)
    return client


@pytest.fixture
def parked(write):
    """A mail that waits for a person."""

    def make(state: str = State.RETRY, **values) -> Message:
        message = write(**values)
        Message.objects.filter(pk=message.pk).update(
            state=state, not_before=None, attempts=5, reason="450 4.2.1 full"
        )
        message.refresh_from_db()
        return message

    return make


def test_a_mail_that_five_tries_did_not_send_is_sent_again(parked, sink, team):
    message = parked()
    assert message_send_again(public_id=message.public_id, by=team)
    assert not message_send_again(public_id=message.public_id, by=team)
    assert outbox_send() == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.ACCEPTED, 1)
    [entry] = audit.trail(message)
    assert (entry.action, entry.actor, entry.changes) == (
        "mail.sent_again",
        team,
        {"state": ["retry", "prepared"]},
    )


def test_an_uncertain_letter_is_sent_again_under_the_same_name(parked, sink, team):
    letter = parked(State.UNCERTAIN, category="letter")
    message_send_again(public_id=letter.public_id, by=team)
    outbox_send()
    assert sink.ids == [f"<{letter.public_id}@example.org>"]


def test_a_mail_is_given_up_with_its_text(parked, sink, team):
    letter = parked(State.UNCERTAIN, category="letter")
    assert message_leave(public_id=letter.public_id, by=team)
    assert not message_leave(public_id=letter.public_id, by=team)
    assert outbox_send() == 0
    letter.refresh_from_db()
    assert (letter.state, letter.text) == (State.SKIPPED, "")
    assert [entry.action for entry in audit.trail(letter)] == ["mail.left"]


@pytest.mark.parametrize("decide", [message_send_again, message_leave])
@pytest.mark.parametrize(
    "state", [State.PREPARED, State.ACCEPTED, State.REFUSED, State.SKIPPED, State.RETRY]
)
def test_what_waits_for_nobody_is_left_as_it_is(write, team, decide, state):
    message = write()
    settled = timezone.now() if state in {"accepted", "refused", "skipped"} else None
    Message.objects.filter(pk=message.pk).update(state=state, settled_at=settled)
    assert not decide(public_id=message.public_id, by=team)
    message.refresh_from_db()
    assert message.state == state
    assert list(audit.trail(message)) == []


def test_all_that_did_not_leave_is_sent_again_and_the_uncertain_are_not(parked, team):
    first, second = parked(), parked()
    letter = parked(State.UNCERTAIN, category="letter")
    assert messages_send_again(by=team) == 2
    assert messages_send_again(by=team) == 0
    found = Message.objects.order_by("pk").values_list("pk", "state")
    assert list(found) == [
        (first.pk, State.PREPARED),
        (second.pk, State.PREPARED),
        (letter.pk, State.UNCERTAIN),
    ]


def test_the_page_tells_what_waits_and_why(page, parked, write):
    parked(to="pleine@example.org")
    parked(State.UNCERTAIN, category="letter", to="peut-etre@example.org")
    write(to="bientot@example.org")
    answer = page.get(PAGE)
    lines = [(line.to, line.state, line.reason) for line in answer.context["decide"]]
    assert lines == [
        ("pleine@example.org", "retry", "450 4.2.1 full"),
        ("peut-etre@example.org", "uncertain", "450 4.2.1 full"),
    ]
    assert (answer.context["counts"].waiting, answer.context["counts"].decide) == (1, 2)
    assert "1\xa0courriel attend de partir, le plus ancien depuis moins d’une minute" in answer.text


def test_the_text_of_a_mail_and_the_subject_of_a_code_are_never_shown(page, parked, write):
    parked(category="account", context={"subject": "Code CANARI-SUJET", "code": "CANARI-CODE"})
    parked(context={"subject": "Objet montré", "code": "CANARI-TEXTE"})
    for state in ("", *State.values):
        assert "CANARI" not in page.get(PAGE, {"etat": state}).text
    assert "Objet montré" in page.get(PAGE).text


def test_the_page_asks_as_much_for_one_mail_as_for_sixty(
    page, parked, django_assert_max_num_queries
):
    parked()
    page.get(PAGE)
    # The menu counts what each app wants done: how much it asks is theirs to guard.
    with CaptureQueriesContext(connection) as few:
        page.get(PAGE)
    for _ in range(60):
        parked()
    with django_assert_max_num_queries(len(few)):
        answer = page.get(PAGE)
    assert len(answer.context["lines"]) == 50
    assert len(page.get(PAGE, {"page": "2"}).context["lines"]) == 11
    ours = [query["sql"] for query in few if "mail_" in query["sql"]]
    assert len(ours) <= 9


@pytest.mark.parametrize(
    ("path", "state", "words"),
    [
        ("renvoi", State.PREPARED, "Le courriel repart."),
        ("abandon", State.SKIPPED, "Le courriel ne sera pas envoyé."),
    ],
)
def test_a_decision_by_its_button_twice(page, parked, path, state, words):
    message = parked()
    address = f"{PAGE}{message.public_id}/{path}/"
    assert words in page.post(address, follow=True).text
    assert "n’attend plus de décision" in page.post(address, follow=True).text
    message.refresh_from_db()
    assert message.state == state
    assert audit.trail(message).count() == 1


def test_all_by_one_button(page, parked):
    parked(), parked()
    assert "2 courriels repartent." in page.post(f"{PAGE}reprise/", follow=True).text
    assert "Aucun courriel n’attendait." in page.post(f"{PAGE}reprise/", follow=True).text


def test_the_alarm_is_on_the_page_and_first_in_what_is_to_be_done(page, parked, write, team):
    parked()
    age(write(), not_before=timedelta(minutes=14))
    assert "Les courriels ne partent plus." in page.get(PAGE).text
    assert "le plus ancien depuis 14\xa0minutes" in page.get(PAGE).text
    late, waiting = to_do(team)
    assert (late.label, late.urgency) == ("Les courriels ne partent plus", Urgency.LATE)
    assert (waiting.label, waiting.url) == ("Votre code : non parti", PAGE)


def test_nothing_to_do_when_mails_leave(write, team):
    write()
    assert to_do(team) == []


def test_an_address_is_looked_up_and_written_to_again(page, team):
    suppression_add(
        address="jeanne@example.org", category="letter", reason=SuppressionReason.OPT_OUT
    )
    suppression = Suppression.objects.get()
    answer = page.post(f"{PAGE}adresse/", {"address": " Jeanne@example.org "})
    assert [one["label"] for one in answer.context["looked_up"]["found"]] == ["La lettre du COPS"]
    back = {"address": "jeanne@example.org", "category": "letter"}
    answer = page.post(f"{PAGE}adresse/retour/", back, follow=True)
    assert "L’adresse reçoit de nouveau «\xa0La lettre du COPS\xa0»." in answer.text
    assert not is_suppressed("jeanne@example.org", "letter")
    [entry] = audit.trail(suppression)
    assert (entry.action, entry.actor) == ("mail.suppression_lifted", team)
    assert "example.org" not in str(entry.changes)
    assert "n’était pas écartée" in page.post(f"{PAGE}adresse/retour/", back, follow=True).text


def test_an_address_that_is_none_is_told_beside_the_field(page):
    answer = page.post(f"{PAGE}adresse/", {"address": "jeanne"})
    assert answer.status_code == 422
    assert 'value="jeanne"' in answer.text
    assert "Erreur — Courriels" in answer.text


def test_the_addresses_set_aside_are_counted_and_not_listed(page):
    for name in ("a", "b"):
        suppression_add(
            address=f"{name}@example.org", category="letter", reason=SuppressionReason.BOUNCE
        )
    answer = page.get(PAGE)
    assert answer.context["suppressed"] == [
        ("La lettre du COPS", "L’adresse n’existe pas ou plus", 2)
    ]
    assert "@example.org" not in answer.text.partition('id="ecartees"')[2]
