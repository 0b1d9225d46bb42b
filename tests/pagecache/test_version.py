import threading
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cops.pagecache import clock, raise_version, register_clock, renew_if_due
from cops.pagecache.models import ContentVersion
from cops.pagecache.version import NEVER, read_version
from tests.pagecache import site

ADDRESS = "/fiche/agir/"
NOON = datetime(2026, 11, 3, 12, 0, tzinfo=timezone.get_current_timezone())


@pytest.fixture
def planned(monkeypatch):
    """A list of planned times, told by one registered clock."""
    times: list[datetime] = []
    monkeypatch.setattr(clock, "_clocks", {})
    monkeypatch.setattr(clock, "_works", {})
    register_clock("essai", lambda now: min((t for t in times if t > now), default=None))
    return times


@pytest.mark.django_db
def test_each_publication_draws_another_token():
    assert read_version() == NEVER
    tokens = set()
    for _ in range(3):
        raise_version()
        tokens.add(read_version().token)
    assert len(tokens) == 3
    assert 0 not in tokens
    assert ContentVersion.objects.count() == 1


@pytest.mark.django_db
def test_there_is_one_row():
    raise_version()
    with pytest.raises(IntegrityError), transaction.atomic():
        ContentVersion.objects.update(single=2)
    with pytest.raises(ValidationError, match="tient en une ligne"):
        ContentVersion(single=2, token=1).full_clean()


@pytest.mark.django_db(transaction=True)
def test_a_publication_takes_effect_when_it_commits():
    raise_version()
    before = read_version()
    inside, seen_outside = threading.Event(), []

    def look():
        inside.wait(5)
        seen_outside.append(read_version())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    with transaction.atomic():
        raise_version()
        inside.set()
        thread.join()
        during = read_version()
    assert seen_outside == [before]
    assert during != before
    assert read_version() == during


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_publication_changes_nothing():
    raise_version()
    before = read_version()
    with transaction.atomic():
        raise_version()
        transaction.set_rollback(True)
    assert read_version() == before


@pytest.mark.parametrize("read_already", [True, False])
@pytest.mark.django_db(transaction=True)
def test_reading_survives_a_connection_cut_by_the_server(read_already):
    raise_version()
    before = read_version()
    if not read_already:
        connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]

    def cut():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        connection.close()

    thread = threading.Thread(target=cut)
    thread.start()
    thread.join()
    assert read_version() == before


@pytest.mark.django_db(transaction=True)
def test_reading_survives_a_session_that_forgot_its_statements():
    raise_version()
    before = read_version()
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")  # as a pooler does between two clients
    assert read_version() == before
    assert connection.is_usable()


def test_a_planned_change_makes_pages_stale_at_its_time(reader, planned):
    with time_machine.travel(NOON, tick=False) as now:
        planned.append(NOON + timedelta(minutes=5))
        raise_version()
        reader.get(ADDRESS)
        now.shift(299)
        reader.get(ADDRESS)
        assert len(site.made) == 1
        now.shift(1)
        reader.get(ADDRESS)
        reader.get(ADDRESS)
        assert len(site.made) == 2


def test_the_first_reader_past_a_change_renews_the_version(reader, planned):
    with time_machine.travel(NOON, tick=False) as now:
        planned += [NOON + timedelta(minutes=1), NOON + timedelta(minutes=9)]
        raise_version()
        assert not renew_if_due()
        reader.get(ADDRESS)
        now.shift(60)
        reader.get(ADDRESS)
        assert len(site.made) == 2
        assert read_version().changes_at == (NOON + timedelta(minutes=9)).timestamp()
        assert not renew_if_due()
        now.shift(119)
        reader.get(ADDRESS)
        assert len(site.made) == 2


def test_what_was_planned_is_done_before_the_page_is_made(reader, planned, monkeypatch):
    done: list[int] = []
    monkeypatch.setitem(clock._works, "probe", lambda: done.append(len(site.made)))
    with time_machine.travel(NOON, tick=False) as now:
        planned.append(NOON + timedelta(minutes=1))
        raise_version()
        reader.get(ADDRESS)
        now.shift(60)
        reader.get(ADDRESS)
        reader.get(ADDRESS)
    assert done == [1]


def test_a_work_that_fails_costs_the_reader_nothing(reader, planned, monkeypatch, caplog):
    def fail() -> None:
        raise LookupError

    monkeypatch.setitem(clock._works, "probe", fail)
    with time_machine.travel(NOON, tick=False) as now:
        planned.append(NOON + timedelta(minutes=1))
        raise_version()
        now.shift(60)
        assert reader.get(ADDRESS).status_code == 200
    assert "what probe had planned could not be done" in caplog.text


def test_no_page_lives_longer_than_ten_minutes_nor_past_midnight(reader):
    with time_machine.travel(NOON, tick=False) as now:
        reader.get(ADDRESS)
        now.shift(600)
        reader.get(ADDRESS)
        assert len(site.made) == 2
        now.move_to(NOON.replace(hour=23, minute=59))
        reader.get(ADDRESS)
        now.shift(60)
        reader.get(ADDRESS)
        assert len(site.made) == 4
