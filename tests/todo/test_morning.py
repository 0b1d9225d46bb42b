"""The morning mail: on weekdays, at 8 h in Paris, once, when there is something to do."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from cops.mail.enums import State
from cops.mail.models import Message
from cops.pages.emails import MORNING
from cops.pages.morning import morning_send
from cops.privacy.departures import departure_ask
from cops.todo import Item, Urgency, registry
from cops.todo.models import MorningRun
from cops.todo.mornings import morning_due
from tests.accounts.people import person, sign_in

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 3, 2)


def _paris(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(
        day.year, day.month, day.day, hour, minute, tzinfo=timezone.get_default_timezone()
    )


@pytest.fixture
def work(monkeypatch):
    """What the sources give; the test may empty it."""
    items = [
        Item("Relire « Soins »", "/a/", datetime(2026, 2, 1, tzinfo=UTC), Urgency.LATE),
        Item("Lire un mot", "/b/"),
    ]
    source = registry.Source("tests", "Relectures", lambda user: list(items), "")
    monkeypatch.setattr(registry, "_sources", {"tests": source})
    return items


@pytest.mark.parametrize(
    ("day", "hour", "minute", "due"),
    [
        (0, 7, 59, False),
        (0, 8, 0, True),
        (0, 14, 30, True),
        (0, 17, 59, True),
        (0, 18, 0, False),
        (4, 8, 0, True),
        (5, 8, 0, False),
        (6, 9, 0, False),
    ],
)
def test_the_hour_and_the_day_are_those_of_paris(day, hour, minute, due):
    when = MONDAY + timedelta(days=day)
    assert morning_due(_paris(when, hour, minute)) == (when if due else None)


def test_the_hour_does_not_move_with_summer_time():
    # 8 h in Paris is 7 h UTC in winter and 6 h in summer: the Monday after the change.
    assert morning_due(datetime(2026, 3, 30, 6, 0, tzinfo=UTC)) == date(2026, 3, 30)
    assert morning_due(datetime(2026, 3, 27, 6, 59, tzinfo=UTC)) is None
    assert morning_due(datetime(2026, 3, 27, 7, 0, tzinfo=UTC)) == date(2026, 3, 27)


def test_each_person_of_the_team_gets_one(work):
    team, administrator = person("team", display_name="Nadia"), person("administrator")
    person("member")
    person("team", is_active=False)
    departure_ask(user=person("team"))
    with time_machine.travel(_paris(MONDAY, 8), tick=False):
        run = morning_send()
        assert morning_send() is None
    assert (run.day, run.people, run.mails) == (MONDAY, 2, 2)
    mails = {mail.to: mail for mail in Message.objects.all()}
    assert set(mails) == {team.email, administrator.email}
    mail = mails[team.email]
    assert mail.subject == "À traiter\u00a0: 2 choses, dont 1 en retard"
    assert "Bonjour Nadia," in mail.text
    late = "- Relire «\u00a0Soins\u00a0», en retard, depuis le 1er\u00a0février\u00a02026"
    assert late in mail.text
    assert mail.text.rstrip().endswith(reverse("pages:todo"))
    assert (mail.bulk, mail.category) == (True, MORNING)


def test_it_is_sent_again_on_the_next_weekday(work):
    person("team")
    for day in range(7):
        with time_machine.travel(_paris(MONDAY + timedelta(days=day), 9), tick=False):
            morning_send()
    assert Message.objects.count() == 5
    assert MorningRun.objects.count() == 5


def test_a_worker_that_was_away_in_the_morning_sends_it_when_it_is_back(work):
    person("team")
    with time_machine.travel(_paris(MONDAY, 15, 12), tick=False):
        assert morning_send().mails == 1


def test_nothing_to_do_sends_nothing_and_is_noted(work):
    work.clear()
    person("team")
    with time_machine.travel(_paris(MONDAY, 8), tick=False):
        run = morning_send()
        work.append(Item("plus tard", "/c/"))
        assert morning_send() is None
    assert (run.people, run.mails) == (1, 0)
    assert not Message.objects.exists()


def test_a_long_list_is_shortened(work):
    work.extend(Item(f"chose {n}", f"/{n}/") for n in range(20))
    person("team")
    with time_machine.travel(_paris(MONDAY, 8), tick=False):
        morning_send()
    text = Message.objects.get().text
    assert "- et 17\u00a0autres" in text
    assert text.count("\n- ") == 6


def test_who_said_no_gets_none_and_may_change_their_mind(client, work):
    nadia = person("team")
    sign_in(client, nadia)
    address = reverse("pages:morning_choice")
    html = client.post(address, follow=True).content.decode()
    assert "ne vous sera plus envoyé" in html
    assert "Recevoir ce courriel" in html
    with time_machine.travel(_paris(MONDAY, 8), tick=False):
        assert morning_send().mails == 0
    html = client.post(address, {"wanted": "1"}, follow=True).content.decode()
    assert "vous sera envoyé" in html
    assert "Ne plus le recevoir" in html
    with time_machine.travel(_paris(MONDAY + timedelta(days=1), 8), tick=False):
        assert morning_send().mails == 1
    assert Message.objects.get().state == State.PREPARED


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one(work):
    person("team")
    begin = threading.Barrier(2, timeout=10)
    runs = []

    def send():
        begin.wait()
        runs.append(morning_send())
        connections.close_all()

    with time_machine.travel(_paris(MONDAY, 8), tick=False):
        threads = [threading.Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sum(run is not None for run in runs) == 1
    assert Message.objects.count() == 1
