"""Who is erased leaves no trace; who stays loses nothing."""

from __future__ import annotations

import threading
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils import timezone

from cops.audit import trail
from cops.privacy import declarations as d
from cops.privacy import registry
from cops.privacy.departures import (
    departure_ask,
    departure_cancel,
    departure_end,
    departures_due,
)
from cops.privacy.erasing import person_erase
from cops.privacy.models import Departure, Erasure
from cops.privacy.reading import told_of
from tests.accounts.people import person, sign_in
from tests.privacy.making import CANARY, known_person
from tests.privacy.traces import traces

pytestmark = pytest.mark.django_db(transaction=True)

User = get_user_model()


def test_after_an_erasure_no_trace_is_left_anywhere():
    user = known_person()
    assert len(traces(CANARY)) > 10  # the test looks where things are written
    assert person_erase(user=user, scope="asked")
    assert traces(CANARY) == []


def test_who_stays_loses_nothing():
    staying, leaving = known_person("quagga"), known_person()
    before = [(one.declaration.model, one.total, one.rows) for one in told_of(staying)]
    sessions = Session.objects.count()
    person_erase(user=leaving, scope="asked")
    assert [(one.declaration.model, one.total, one.rows) for one in told_of(staying)] == before
    assert Session.objects.count() == sessions - 2


def test_what_was_done_stays_without_the_name():
    user = known_person()
    other = User.objects.exclude(pk=user.pk).get()
    person_erase(user=user, scope="asked")
    told = [(entry.by, entry.changes) for entry in trail(user)]
    assert told == [(str(other), {}), ("Un compte effacé", {})]


def test_what_an_administrator_did_to_the_account_stays_without_the_name(client):
    user, staying = known_person(), known_person("quagga")
    kind = ContentType.objects.get_for_model(user)
    number = str(user.pk)
    person_erase(user=user, scope="asked")
    (entry,) = LogEntry.objects.filter(content_type=kind, object_id=number)
    assert (entry.object_repr, entry.change_message) == ("Un compte effacé", "")
    sign_in(client, entry.user)
    home = client.get("/admin/").content.decode()
    assert "Un compte effacé</a>" in home
    assert CANARY not in home
    (other,) = LogEntry.objects.filter(content_type=kind, object_id=str(staying.pk))
    assert "quagga" in other.object_repr
    assert "quagga" in other.change_message


def test_the_same_number_of_another_kind_of_object_keeps_its_name():
    user = person()
    kind = ContentType.objects.get_for_model(LogEntry)
    kept = LogEntry.objects.create(
        user=person("team"), object_repr="Une fiche", object_id=str(user.pk), action_flag=CHANGE,
        content_type=kind, change_message="",
    )  # fmt: skip
    person_erase(user=user, scope="asked")
    assert LogEntry.objects.get(pk=kept.pk).object_repr == "Une fiche"


def test_who_had_left_before_is_forgotten_by_the_log_of_the_administration_too():
    staying, team = person(), person("team")
    kind = ContentType.objects.get_for_model(staying)
    for number in (str(staying.pk), str(team.pk + 1000)):
        LogEntry.objects.create(
            user=team, object_repr=CANARY, object_id=number, action_flag=CHANGE,
            content_type=kind, change_message=CANARY,
        )  # fmt: skip
    import_module("cops.privacy.migrations.0003_log_of_who_left").forget(apps, None)
    kept = LogEntry.objects.order_by("pk").values_list("object_repr", "change_message")
    assert list(kept) == [(CANARY, CANARY), ("Un compte effacé", "")]


def test_erased_twice_it_is_done_once():
    user = person()
    assert person_erase(user=user, scope="asked")
    assert not person_erase(user=user, scope="asked")
    assert Erasure.objects.count() == 1


def test_two_at_once_erase_once():
    user = known_person()
    begin = threading.Barrier(2, timeout=10)
    done = []

    def erase():
        begin.wait()
        done.append(person_erase(user=user, scope="asked"))
        connections.close_all()

    threads = [threading.Thread(target=erase) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == [False, True]


def test_a_fault_in_the_middle_erases_nothing(monkeypatch):
    user = known_person()
    before = [(one.declaration.model, one.total) for one in told_of(user)]

    def fail(person):
        raise RuntimeError("no room")

    declared = dict(registry._declarations)
    last = registry.declaration_of("privacy.Departure")
    declared["privacy.Departure"] = d.Declaration(
        **{**vars(last), "erasure": d.Erase("Effacé.", fail)}
    )
    monkeypatch.setattr(registry, "_declarations", declared)
    with pytest.raises(RuntimeError):
        person_erase(user=user, scope="asked")
    assert [(one.declaration.model, one.total) for one in told_of(user)] == before
    assert Erasure.objects.count() == 0
    assert any("known-1" in trace for trace in traces(CANARY))


def test_a_newcomer_with_the_same_address_is_a_new_person():
    user = known_person()
    address, number = user.email, user.pk
    person_erase(user=user, scope="asked")
    newcomer = person(email=address)
    assert newcomer.pk != number
    assert {one.declaration.model for one in told_of(newcomer)} == {
        "accounts.User",
        "account.EmailAddress",
    }


# Leaving, with seven days to change one's mind.


@pytest.fixture
def shown(monkeypatch):
    """A declaration that has something public to hide."""
    acts: list[str] = []
    declared = dict(registry._declarations)
    known = registry.declaration_of("exports.Export")
    declared["exports.Export"] = d.Declaration(
        **{
            **vars(known),
            "hide": lambda user: acts.append("hide") or 1,
            "show": lambda user: acts.append("show") or 1,
        }
    )
    monkeypatch.setattr(registry, "_declarations", declared)
    return acts


def test_leaving_hides_at_once_and_only_once(shown):
    user = person()
    first, asked = departure_ask(user=user)
    again, asked_again = departure_ask(user=user)
    assert (asked, asked_again, first.pk == again.pk) == (True, False, True)
    assert shown == ["hide"]
    assert first.due_at - timezone.now() > timedelta(days=6, hours=23)


def test_coming_back_shows_everything_again(shown):
    user = person()
    departure_ask(user=user)
    assert departure_cancel(user=user)
    assert not departure_cancel(user=user)
    assert shown == ["hide", "show"]
    assert User.objects.filter(pk=user.pk).exists()


def test_nobody_is_erased_before_the_day():
    departure, _ = departure_ask(user=person())
    assert departures_due(10) == []
    assert not departure_end(departure=departure)
    assert User.objects.count() == 1


def test_on_the_day_the_person_is_erased():
    user = known_person()
    departure_ask(user=user)
    past = timezone.now() - timedelta(days=8)
    Departure.objects.update(asked_at=past, due_at=past + timedelta(days=7))
    (due,) = departures_due(10)
    assert departure_end(departure=due)
    assert not departure_end(departure=due)
    assert traces(CANARY) == []


def test_who_came_back_at_the_last_moment_stays():
    user = person()
    departure_ask(user=user)
    past = timezone.now() - timedelta(days=8)
    Departure.objects.update(asked_at=past, due_at=past + timedelta(days=7))
    (due,) = departures_due(10)
    departure_cancel(user=user)
    assert not departure_end(departure=due)
    assert User.objects.filter(pk=user.pk).exists()
