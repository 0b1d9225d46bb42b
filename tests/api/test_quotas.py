"""So many requests per window and network, for all processes together."""

import threading

import pytest
import time_machine
from django.db import connection
from django.test import Client

from cops.api.models import Quota
from cops.api.quotas import quotas_erase_old
from cops.api.tasks import erase_old_quotas

ROOT = "/api/v1/resources/"
NOON = "2026-11-03T11:00:00Z"


@pytest.fixture(autouse=True)
def three_in_five_minutes(settings):
    settings.API_REQUESTS = 3
    settings.API_WINDOW_SECONDS = 300
    settings.PAGECACHE_BYTES = 0


def ask(address="192.0.2.10", path=ROOT):
    return Client().get(path, REMOTE_ADDR=address)


@pytest.mark.django_db
def test_one_request_too_many_is_told_how_long_to_wait():
    with time_machine.travel(NOON, tick=False) as now:
        assert [ask().status_code for _ in range(3)] == [200] * 3
        now.shift(100)
        answer = ask()
        assert answer.status_code == 429
        assert answer["Retry-After"] == "200"
        assert answer.json() == {
            "status": 429,
            "message": "Trop de demandes en peu de temps. Réessayez dans 4\u00a0minutes.",
        }
        assert answer["Access-Control-Allow-Origin"] == "*"
        now.shift(200)
        assert ask().status_code == 200


@pytest.mark.django_db
def test_a_network_is_counted_whole_and_another_apart():
    with time_machine.travel(NOON, tick=False):
        assert [ask(f"192.0.2.{n}").status_code for n in range(4)] == [200, 200, 200, 429]
        assert ask("198.51.100.1").status_code == 200


@pytest.mark.django_db
def test_every_address_counts_in_the_same_quota():
    with time_machine.travel(NOON, tick=False):
        paths = ["/api/v1/", "/api/v1/terms/", "/api/v1/experiences/", ROOT]
        assert [ask(path=path).status_code for path in paths] == [200, 200, 200, 429]


@pytest.mark.django_db
def test_what_is_kept_in_memory_is_not_counted(settings):
    settings.PAGECACHE_BYTES = 1_000_000
    with time_machine.travel(NOON, tick=False):
        assert {ask().status_code for _ in range(10)} == {200}
        assert Quota.objects.get().count == 1


@pytest.mark.django_db
def test_nothing_kept_says_who_asked():
    with time_machine.travel(NOON, tick=False):
        ask()
        first = Quota.objects.get()
    assert "192" not in f"{first.slot} {first.ends_at} {first.count}"
    with time_machine.travel("2026-11-03T11:05:00Z", tick=False):
        ask()
    assert Quota.objects.exclude(pk=first.pk).count() == 1, "le créneau change avec la fenêtre"


@pytest.mark.django_db
def test_counts_of_past_windows_are_erased_and_twice_is_once():
    with time_machine.travel(NOON, tick=False) as now:
        ask()
        now.shift(299)
        assert quotas_erase_old() == 0
        now.shift(2)
        assert quotas_erase_old() == 1
        erase_old_quotas()
        assert not Quota.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_both_counted(settings):
    settings.API_REQUESTS = 10
    statuses = []

    def come():
        statuses.append(ask().status_code)
        connection.close()

    with time_machine.travel(NOON, tick=False):
        threads = [threading.Thread(target=come) for _ in range(14)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(statuses) == [200] * 10 + [429] * 4
