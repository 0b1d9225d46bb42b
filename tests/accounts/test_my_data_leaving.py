"""Leaving: hidden at once, seven days to come back, then no trace; and who comes back is new."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cops.accounts.my_data.leaving import (
    LastAdministrator,
    account_end_departed,
    account_leave,
    account_stay,
    accounts_end_departed,
    last_words_forget,
)
from cops.audit import trail
from cops.mail.enums import State
from cops.mail.models import Message
from cops.privacy.models import Departure
from tests.accounts.people import person, sign_in
from tests.privacy.making import CANARY, known_person
from tests.privacy.traces import traces

pytestmark = pytest.mark.django_db(transaction=True)

User = get_user_model()
LEAVE, LEAVING, STAY = (f"my_data:{name}" for name in ("leave", "leaving", "stay"))


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    settings.ERASURE_JOURNAL = tmp_path / "erasures.jsonl"
    settings.RETENTION_STOP_FILE = tmp_path / "stop"


@pytest.fixture
def member(client):
    user = person(display_name="Camille")
    sign_in(client, user)
    return user


def _eight_days_later() -> None:
    past = timezone.now() - timedelta(days=8)
    Departure.objects.update(asked_at=past, due_at=past + timedelta(days=7))


def _mails(user_or_address) -> list[str]:
    address = getattr(user_or_address, "email", user_or_address)
    mails = Message.objects.filter(to=address).order_by("pk")
    return [mail.template.rpartition("/")[2] for mail in mails]


def test_the_page_says_what_goes_and_what_stays(client, member):
    html = client.get(reverse(LEAVE)).content.decode()
    assert "Votre compte" in html
    assert "Effacé." in html
    assert "7\xa0jours" in html
    assert not Departure.objects.exists()


def test_leaving_closes_every_session_and_writes(client, member):
    other = Client()
    sign_in(other, member)
    answer = client.post(reverse(LEAVE))
    assert answer["Location"] == reverse("my_data:goodbye")
    assert "Votre départ est noté" in client.get(answer["Location"]).content.decode()
    assert not Session.objects.filter(session_data__isnull=False, pk__in=[
        other.cookies["sessionid"].value
    ]).exists()  # fmt: skip
    for one in (client, other):
        assert one.get(reverse("my_data:home")).status_code == 302
    assert _mails(member) == ["leaving"]
    assert [entry.action for entry in trail(member)] == ["account.leaving"]


def test_an_old_session_proves_again_who_it_is(client):
    user = person()
    sign_in(client, user, ago=7200)
    answer = client.post(reverse(LEAVE))
    assert answer["Location"].startswith("/compte/verification/")
    assert not Departure.objects.exists()


def test_asked_twice_it_is_one_departure_and_one_mail(member):
    assert account_leave(user=member) == account_leave(user=member)
    assert _mails(member) == ["leaving"]


def test_signing_in_leads_to_the_way_to_stay_and_nowhere_else(client, member):
    account_leave(user=member)
    sign_in(client, member)
    for address in ("/", "/compte/", "/compte/mes-donnees/", "/ressources/", "/classeur/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, reverse(LEAVING)), address
    html = client.get(reverse(LEAVING)).content.decode()
    assert "Garder mon compte" in html
    assert "Partir comme prévu" in html


def test_staying_puts_everything_back(client, member):
    account_leave(user=member)
    sign_in(client, member)
    html = client.post(reverse(STAY), follow=True).content.decode()
    assert "Vous restez" in html
    assert client.get("/compte/").status_code == 200
    assert not Departure.objects.exists()
    assert _mails(member) == ["leaving", "stayed"]
    assert [entry.action for entry in trail(member)] == ["account.stayed", "account.leaving"]
    assert not account_stay(user=member)
    _eight_days_later()
    assert accounts_end_departed() == 0


def test_a_page_without_session_is_not_slowed_down(client, django_assert_max_num_queries):
    client.get("/donnees-personnelles/")
    with django_assert_max_num_queries(1):
        client.get("/donnees-personnelles/")


def test_on_the_day_nothing_is_left_but_a_last_word_that_goes_too():
    user = known_person()
    departure = account_leave(user=user)
    assert accounts_end_departed() == 0
    _eight_days_later()
    assert accounts_end_departed() == 1
    assert account_end_departed(departure_pk=departure.pk)
    assert not account_end_departed(departure_pk=departure.pk)
    assert _mails(user) == ["farewell"]
    assert last_words_forget() == 0  # not sent yet
    Message.objects.update(state=State.ACCEPTED, settled_at=timezone.now())
    assert last_words_forget() == 1
    assert traces(CANARY) == []


def test_a_last_word_that_cannot_be_sent_goes_after_a_week():
    user = person()
    departure = account_leave(user=user)
    _eight_days_later()
    account_end_departed(departure_pk=departure.pk)
    Message.objects.update(created_at=timezone.now() - timedelta(days=8))
    assert last_words_forget() == 1
    assert not Message.objects.exists()


@pytest.mark.parametrize("stop", ["setting", "file"])
def test_a_person_can_hold_the_erasing_back(settings, stop):
    departure = account_leave(user=person())
    _eight_days_later()
    if stop == "setting":
        settings.RETENTION_STOPPED = True
    else:
        settings.RETENTION_STOP_FILE.touch()
    assert accounts_end_departed() == 0
    assert not account_end_departed(departure_pk=departure.pk)
    assert User.objects.count() == 1


def test_who_comes_back_with_the_same_address_is_new(client):
    user = known_person()
    departure = account_leave(user=user)
    _eight_days_later()
    account_end_departed(departure_pk=departure.pk)
    newcomer = person(email=user.email)
    sign_in(client, newcomer)
    assert newcomer.pk != user.pk
    html = client.get(reverse("my_data:home")).content.decode()
    assert user.display_name not in html


def test_the_last_administrator_cannot_leave(client):
    only = person("administrator")
    sign_in(client, only)
    html = client.post(reverse(LEAVE), follow=True).content.decode()
    assert "la seule personne à administrer" in html
    assert not Departure.objects.exists()
    person("administrator", is_active=False)
    with pytest.raises(LastAdministrator):
        account_leave(user=only)
    other = person("administrator")
    account_leave(user=only)
    with pytest.raises(LastAdministrator):
        account_leave(user=other)


def test_two_administrators_cannot_leave_at_the_same_moment():
    people = [person("administrator"), person("administrator")]
    begin = threading.Barrier(2, timeout=10)
    refused = []

    def go(user):
        begin.wait()
        try:
            account_leave(user=user)
        except LastAdministrator:
            refused.append(user)
        connections.close_all()

    threads = [threading.Thread(target=go, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Departure.objects.count() == 1
