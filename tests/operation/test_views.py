"""What probes ask for, and the figures that are for the operator alone."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, OperationalError
from prometheus_client.parser import text_string_to_metric_families

from cops.operation import metrics, readiness

TOKEN = "jeton-0123456789-abcdefghijklmnop-QRST"


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    monkeypatch.setattr(readiness, "_known_until", 0.0)


def test_healthz_needs_no_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_is_well(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "migrations": "ok", "disk": "ok"}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_readyz_says_that_a_migration_is_missing(client, monkeypatch):
    monkeypatch.setattr(
        readiness.MigrationExecutor, "migration_plan", lambda self, targets: ["one to run"]
    )
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "ok", "migrations": "fault", "disk": "ok"}


@pytest.mark.django_db
def test_readyz_reads_the_migrations_once_while_all_is_well(client, monkeypatch):
    read = []
    real = readiness.MigrationExecutor

    def executor(link):
        read.append(link)
        return real(link)

    monkeypatch.setattr(readiness, "MigrationExecutor", executor)
    assert [client.get("/readyz").status_code for _ in range(5)] == [200] * 5
    assert len(read) == 1
    monkeypatch.setattr(readiness, "_known_until", 0.0)
    client.get("/readyz")
    assert len(read) == 2


@pytest.mark.django_db
def test_readyz_says_that_the_disk_is_full(client, monkeypatch):
    monkeypatch.setattr(readiness, "FREE_BYTES", 10**18)
    assert client.get("/readyz").json()["disk"] == "fault"


def test_readyz_without_a_database_is_503_and_not_an_error(client, monkeypatch):
    def away():
        raise DatabaseError("away")

    monkeypatch.setattr(readiness.connection, "cursor", away)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": "fault", "migrations": "fault", "disk": "ok"}


ELSEWHERE = "203.0.113.7"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": ELSEWHERE},
        {"REMOTE_ADDR": "::ffff:203.0.113.7"},
        {"REMOTE_ADDR": ""},  # a socket of a proxy
        # A proxy of this machine, or of the next one: Caddy writes the first of these.
        {"headers": {"X-Forwarded-For": ELSEWHERE}},
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"X-Forwarded-For": ""}},
        {"headers": {"X-Forwarded-Proto": "https"}},
        {"headers": {"Forwarded": "for=203.0.113.7"}},
        {"headers": {"X-Real-IP": "127.0.0.1"}},
        {"headers": {"Authorization": "Bearer faux"}, "REMOTE_ADDR": ELSEWHERE},
    ],
)
@pytest.mark.parametrize("token", ["", TOKEN])
def test_readyz_from_elsewhere_is_no_page(client, settings, asked, token):
    settings.METRICS_TOKEN = token
    answer = client.get("/readyz", **asked)
    assert answer.status_code == 404
    assert "database" not in answer.content.decode()
    # Word for word what the figures answer.
    refused = client.get("/metrics", **asked)
    assert (refused.status_code, refused["Content-Type"]) == (404, answer["Content-Type"])


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1"])
def test_readyz_beside_the_server_needs_no_token(client, settings, address):
    settings.METRICS_TOKEN = ""
    assert client.get("/readyz", REMOTE_ADDR=address).status_code == 200


@pytest.mark.django_db
def test_readyz_from_elsewhere_is_for_who_holds_the_token(client, settings):
    settings.METRICS_TOKEN = TOKEN
    sent = {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": ELSEWHERE}
    answer = client.get("/readyz", headers=sent, REMOTE_ADDR="172.18.0.5")
    assert (answer.status_code, answer.json()["database"]) == (200, "ok")


@pytest.fixture
def figures(client, settings):
    """What the operator reads, as ``{(name, label value): number}``."""
    settings.METRICS_TOKEN = TOKEN

    def read():
        response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        return {
            (
                sample.name,
                *(v for k, v in sorted(sample.labels.items()) if k != "pid"),
            ): sample.value
            for family in text_string_to_metric_families(response.content.decode())
            for sample in family.samples
        }

    return read


@pytest.mark.django_db
def test_the_figures_say_what_the_portal_is_doing(figures, client):
    client.get("/lexique/")
    client.get("/lexique/")
    found = figures()
    assert found["cops_ready", "database"] == 1
    assert found["cops_broker_up",] == 1
    assert found["cops_queue_messages",] >= 0
    assert found["cops_database_bytes",] > 1_000_000
    assert found["cops_database_connections",] >= 1
    assert found["cops_pagecache_hits",] >= 1
    assert found["cops_process_resident_memory_bytes",] > 1_000_000
    assert {key[1] for key in found if key[0] == "cops_alarm"} >= {"timer", "disk"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer faux"}, {"Authorization": TOKEN[:-1]}]
)
def test_without_the_token_there_is_no_page(client, settings, header):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers=header).status_code == 404


@pytest.mark.django_db
def test_without_a_token_set_nobody_gets_them(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_token_that_is_not_ascii_is_only_wrong(client, settings):
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"Authorization": "Bearer é"}).status_code == 404


def test_without_a_database_the_figures_say_so(figures, monkeypatch):
    def away():
        raise OperationalError("away")

    monkeypatch.setattr(readiness.connection, "cursor", away)
    found = figures()
    assert found["cops_ready", "database"] == 0
    assert found["cops_process_resident_memory_bytes",] > 0


@pytest.mark.django_db
def test_without_a_broker_the_figures_say_so(figures, monkeypatch):
    from cops.background.celery import app

    monkeypatch.setattr(app.conf, "broker_url", "redis+socket:///nulle/part.sock?virtual_host=0")
    found = figures()
    assert found["cops_broker_up",] == 0
    assert ("cops_queue_messages",) not in found


@pytest.mark.django_db
def test_a_database_that_leaves_in_the_middle_is_no_error(figures, monkeypatch):
    def away():
        raise OperationalError("away")

    monkeypatch.setattr(metrics.alarms, "readings", away)
    assert ("cops_database_bytes",) not in figures()
