"""A release is prepared while the site runs: no reader waits for long, and it ends."""

from __future__ import annotations

import io
import threading

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from cops.operation.management.commands import prepare_release

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def usual_limits():
    yield
    connection.close()  # the command's limits were those of its session


def prepared() -> str:
    output = io.StringIO()
    call_command("prepare_release", stdout=output)
    return output.getvalue()


def other_session() -> psycopg.Connection:
    parameters = connection.get_connection_params()
    parameters.pop("cursor_factory", None)
    parameters.pop("context", None)
    return psycopg.connect(**parameters)


def test_a_database_that_is_up_to_date_stays_so():
    assert "La base est au niveau du code." in prepared()
    assert "La base est au niveau du code." in prepared()


def test_the_table_of_the_cache_is_made():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE django_cache")
    prepared()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_cache")
        assert cursor.fetchone() == (0,)


def a_migration(cursor_words: str):
    """Stands for ``migrate``: one statement that wants a table for itself alone."""

    def run(*args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute(cursor_words)

    return run


def test_a_busy_table_is_given_back_and_asked_for_again(monkeypatch):
    monkeypatch.setattr(prepare_release, "PAUSE", 0.1)
    reader = other_session()
    reader.execute("SELECT count(*) FROM counters_dailycount")  # a transaction that stays open
    real, said = prepare_release.call_command, io.StringIO()

    def command(name, *args, **kwargs):
        if name != "migrate":
            return real(name, *args, **kwargs)
        return a_migration("LOCK TABLE counters_dailycount IN ACCESS EXCLUSIVE MODE")()

    # LOCK TABLE needs a transaction, as a migration has.
    from django.db import transaction

    monkeypatch.setattr(
        prepare_release, "call_command", lambda *a, **k: _in_transaction(transaction, command, a, k)
    )
    timer = threading.Timer(2.5, reader.rollback)
    timer.start()
    real("prepare_release", stdout=said)
    timer.join()
    reader.close()
    assert "Une table est occupée" in said.getvalue()
    assert said.getvalue().endswith("La base est au niveau du code.\n")


def _in_transaction(transaction, command, args, kwargs):
    with transaction.atomic():
        return command(*args, **kwargs)


def test_a_table_that_stays_busy_is_said_in_the_end(monkeypatch):
    monkeypatch.setattr(prepare_release, "PAUSE", 0.0)
    monkeypatch.setattr(prepare_release, "TRIES", 2)
    busy = psycopg.errors.LockNotAvailable()

    def command(name, *args, **kwargs):
        raise OperationalError("lock") from busy

    monkeypatch.setattr(prepare_release, "call_command", command)
    with pytest.raises(CommandError, match="arrêtez web et worker"):
        call_command("prepare_release", stdout=io.StringIO())


def test_another_fault_is_not_tried_again(monkeypatch):
    tries = []

    def command(name, *args, **kwargs):
        tries.append(name)
        raise OperationalError("disk full")

    monkeypatch.setattr(prepare_release, "call_command", command)
    with pytest.raises(OperationalError, match="disk full"):
        call_command("prepare_release", stdout=io.StringIO())
    assert tries == ["migrate"]
