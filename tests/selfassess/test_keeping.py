"""How long things are kept and who sees them: the month of waiting, the thirteen months, mails."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cops.formats import date_fr
from cops.mail.models import Message
from cops.mail.retention import messages_erase_old
from cops.mail.sending import outbox_send
from selfassess.enums import Mode
from selfassess.models import Assessment, Participant, Reminder
from selfassess.services import assessments
from tests.mail.conftest import sink  # noqa: F401
from tests.mail.sink import Sink
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO, here

pytestmark = pytest.mark.django_db
LATE = ("n’est pas venue", "n’a pas terminé", "ne sont pas encore retournées")
SOON = ("Gardez cette page ouverte", "Vos réponses sont cachées", "Votre roue est prête")
START = "2026-11-26T12:00:00+00:00"


@pytest.mark.parametrize("mode", [Mode.PAIR, Mode.GROUP, Mode.DEVICE])
def test_after_a_month_alone_one_sees_ones_own_wheel_and_pdf_and_nothing_of_the_other(client, mode):
    with time_machine.travel(START, tick=False) as clock:
        made = making.opened(mode)
        other, _ = making.joined(made.assessment, PARTNER)
        making.answers_save(participant=other, scores=making.marks(made.assessment, 0))
        _, secret = making.sent(made.assessment, PRO, 4)
        page, paper = here("mine", made, secret), here("paper", made, secret, "ma-roue")
        clock.shift(timedelta(days=30))
        soon = client.get(page).content.decode()
        assert not any(said in soon for said in LATE)
        clock.shift(timedelta(days=1))
        told = client.get(page).content.decode()
        late = LATE[2] if mode == Mode.GROUP else LATE[1]
        assert [said for said in LATE if said in told] == [late]
        assert not any(said in told for said in SOON)
        assert "4 — " in told
        assert "0 — " not in told
        assert client.get(paper).content[:5] == b"%PDF-"
        for name in ("resultat", "commun"):
            assert client.get(here("paper", made, secret, name)).status_code == 404
        # It is no turn: the other one may still answer, and then both see both.
        making.answers_send(participant=other)
        made.assessment.refresh_from_db()
        assert (made.assessment.revealed_at is None) == (mode == Mode.GROUP)


@pytest.mark.parametrize("mode", [Mode.PAIR, Mode.DEVICE])
def test_after_a_month_it_is_said_that_the_other_did_not_come_only_when_nobody_did(client, mode):
    with time_machine.travel(START, tick=False) as clock:
        made = making.opened(mode)
        _, secret = making.sent(made.assessment, PRO, 4)
        page = here("mine", made, secret)
        soon = client.get(page).content.decode()
        assert any(said in soon for said in SOON)
        clock.shift(timedelta(days=31))
        told = client.get(page).content.decode()
    assert [said for said in LATE if said in told] == [LATE[0]]
    assert not any(said in told for said in SOON)


def test_on_one_screen_the_first_ones_pdf_waits_for_the_turn(client):
    made = making.opened(Mode.DEVICE)
    _, secret = making.sent(made.assessment, PRO, 4)
    paper = here("paper", made, secret, "ma-roue")
    assert client.get(paper).status_code == 404
    making.sent(made.assessment, PARTNER, 0)
    assert client.get(paper).content[:5] == b"%PDF-"


def test_one_revises_before_the_turn_through_the_page_and_not_after(client):
    made = making.opened()
    me, secret = making.sent(made.assessment, PRO, 4)
    assert client.post(here("reopen", made, secret))["Location"] == here("answer", made, secret)
    answer = here("answer", made, secret) + "?axe=tout"
    assert client.post(answer, {"CE1": "1", "dessiner": "1"}).status_code == 302
    client.post(here("review", made, secret))
    making.sent(made.assessment, PARTNER)
    for name in ("reopen", "answer", "review"):
        told = client.post(here(name, made, secret), {"CE1": "0", "dessiner": "1"})
        assert told["Location"] == here("mine", made, secret)
    me.refresh_from_db()
    assert me.scores["CE1"] == 1


def test_the_day_of_the_purge_is_said_on_each_page_and_a_visit_puts_it_off(client):
    with time_machine.travel(START, tick=False) as clock:
        made = making.opened()
        _, secret = making.joined(made.assessment)
        manage = reverse("selfassess:manage", args=[made.code, made.manager])
        pages = [here("answer", made, secret), here("review", made, secret), manage]
        first = date(2026, 11, 26) + assessments.KEPT
        assert (first.year, first.month) == (2027, 12)  # thirteen months
        for page in pages:
            assert f"d’ici au {date_fr(first)}" in client.get(page).content.decode()
        clock.shift(timedelta(days=395))
        assert assessments.assessments_purge(10) == 0
        client.get(manage)
        later = first + timedelta(days=395)
        assert f"d’ici au {date_fr(later)}" in client.get(pages[0]).content.decode()
        clock.shift(timedelta(days=396))
        assert assessments.assessments_purge(10) == 0
        clock.shift(timedelta(days=1))
        assert assessments.assessments_purge(10) == 1
        assert client.get(pages[0]).status_code == 410
        assert not Participant.objects.exists()


def test_a_poll_is_no_visit(client):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    long_ago = timezone.localdate() - timedelta(days=100)
    Assessment.objects.update(visited_on=long_ago)
    client.get(here("state", made, secret))
    assert Assessment.objects.get().visited_on == long_ago


def test_of_a_link_sent_to_oneself_nothing_is_kept_once_it_left(client, sink: Sink):  # noqa: F811
    made = making.opened()
    _, secret = making.joined(made.assessment)
    told = client.post(here("keep", made, secret), {"email": "jeanne@exemple.fr"})
    assert "Votre adresse n’est pas gardée" in told.content.decode()
    waiting = Message.objects.get()
    assert here("mine", made, secret) in waiting.text
    for word in ("jeanne", secret, made.code):
        assert word not in waiting.dedupe_key
    assert outbox_send() == 1
    assert sink.to == ["jeanne@exemple.fr"]
    assert not Message.objects.exists()
    assert not Reminder.objects.exists()
    # Asked again the same day, it is sent again.
    client.post(here("keep", made, secret), {"email": "jeanne@exemple.fr"})
    assert outbox_send() == 1


def test_of_a_reminder_nothing_is_kept_once_it_left(client, sink: Sink):  # noqa: F811
    from selfassess.tasks import remind

    made, (_, secret), _ = making.turned()
    client.post(here("remind", made, secret), {"email": "jeanne@exemple.fr"})
    Reminder.objects.update(due_on=timezone.localdate())
    remind()
    assert outbox_send() == 1
    assert here("again", made, secret) in sink.mails[0].get_body(("plain",)).get_content()
    assert not Message.objects.exists()
    assert not Reminder.objects.exists()


def test_a_mail_that_a_killed_worker_left_settled_goes_at_night(client):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    client.post(here("keep", made, secret), {"email": "jeanne@exemple.fr"})
    Message.objects.update(state="accepted", settled_at=timezone.now(), not_before=None)
    messages_erase_old(100)
    assert not Message.objects.exists()


def test_the_link_is_sent_five_times_an_hour_at_most(client):
    with time_machine.travel(START, tick=False):
        made = making.opened()
        _, secret = making.joined(made.assessment)
        address = here("keep", made, secret)
        sent = [client.post(address, {"email": f"a{n}@exemple.fr"}).status_code for n in range(6)]
    assert sent == [200] * 5 + [429]
    assert Message.objects.count() == 5
