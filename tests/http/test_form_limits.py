"""How often a form without account may be sent; nothing of the visitor is kept."""

import threading

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client, RequestFactory

from cops.http.answers import wait_fr
from cops.http.clients import client_address, client_network
from cops.http.limits import Limit, take, waits

NOON = "2026-11-26T12:00:00+00:00"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def _send(pages: Client, address: str = "203.0.113.7", key: str = ""):
    return pages.get("/limited/", {"fiche": key} if key else {}, REMOTE_ADDR=address)


@pytest.mark.django_db
def test_the_fourth_sending_is_a_french_429_that_says_how_long(pages, noon):
    assert [_send(pages).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = _send(pages)
    assert answer["Retry-After"] == "600"
    assert "attendre 10\u00a0minutes" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_limit_ends_with_its_window_and_the_longer_one_goes_on(pages, noon):
    for _ in range(3):
        _send(pages)
    noon.shift(600)
    assert [_send(pages).status_code for _ in range(3)] == [200, 200, 429]
    # At noon in UTC, half of the day's window is left, less ten minutes.
    assert int(_send(pages)["Retry-After"]) == 43_200 - 600


@pytest.mark.django_db
def test_one_network_is_one_visitor_and_another_is_not(pages):
    for last in range(3):
        assert _send(pages, f"203.0.113.{last}").status_code == 200
    assert _send(pages, "203.0.113.200").status_code == 429
    assert _send(pages, "203.0.114.7").status_code == 200
    assert _send(pages, "2001:db8:1:2::3").status_code == 200


@pytest.mark.django_db
def test_asking_how_long_to_wait_counts_nothing(pages, noon):
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7")
    limits = (Limit(2, seconds=60), Limit(3, seconds=600))
    told = []
    for _ in range(2):
        told.append([waits(request, "essai", *limits) for _ in range(5)])
        take(request, "essai", *limits)
    assert told == [[0] * 5] * 2
    assert waits(request, "essai", *limits) == take(request, "essai", *limits) == 60
    assert waits(request, "essai", *limits, key="autre") == 0
    noon.shift(60)
    assert waits(request, "essai", *limits) == 0


@pytest.mark.django_db
def test_each_key_has_its_own_count(pages):
    for _ in range(3):
        _send(pages, key="a")
    assert _send(pages, key="a").status_code == 429
    assert _send(pages, key="b").status_code == 200


@pytest.mark.django_db
def test_a_forged_forwarded_address_changes_nothing_without_a_proxy(pages):
    for _ in range(3):
        _send(pages)
    answer = pages.get(
        "/limited/", REMOTE_ADDR="203.0.113.7", headers={"X-Forwarded-For": "198.51.100.1"}
    )
    assert answer.status_code == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.9", "203.0.113.7"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "forged, 198.51.100.9", "198.51.100.9"),
        (2, "forged, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (2, "198.51.100.9", "203.0.113.7"),
        (1, "", "203.0.113.7"),
    ],
)
def test_the_address_is_what_our_outermost_proxy_saw(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get(
        "/", REMOTE_ADDR="203.0.113.7", headers={"X-Forwarded-For": forwarded}
    )
    assert client_address(request) == expected


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("", ""),
        ("n’importe quoi", ""),
    ],
)
def test_the_network_is_all_that_is_looked_at(address, network):
    assert client_network(RequestFactory().get("/", REMOTE_ADDR=address)) == network


@pytest.mark.django_db
def test_no_address_is_in_the_cache_and_each_count_ends_with_its_window(pages):
    _send(pages)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value, expires FROM django_cache")
        rows = cursor.fetchall()
    assert len(rows) == 2
    assert "203.0.113" not in str(rows)
    assert sorted(str(row[2])[:16] for row in rows) == ["2026-11-26 12:10", "2026-11-27 00:00"]


@pytest.mark.django_db(transaction=True)
def test_of_twenty_at_once_as_many_pass_as_the_limit_says():
    cache.clear()
    answers, ready = [], threading.Barrier(20)

    def send():
        try:
            request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7")
            ready.wait()
            answers.append(take(request, "foule", Limit(7, seconds=3_600)))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [0] * 7 + [3_600] * 13
    cache.clear()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1\u00a0seconde"), (60, "60\u00a0secondes"), (61, "2\u00a0minutes"),
     (3_600, "60\u00a0minutes"), (3_601, "2\u00a0heures")],
)  # fmt: skip
def test_the_wait_is_said_in_words(seconds, words):
    assert wait_fr(seconds) == words
