"""Counters: in memory first, written in one statement, never lost, never a person."""

import os
import threading
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, OperationalError, transaction

from cops import counters
from cops.counters import memory
from cops.counters.models import DailyCount, SearchMiss

DAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def empty_memory():
    """What other tests counted is not ours."""
    memory._memory.take()
    yield
    memory._memory.take()


def counts() -> list[tuple]:
    return list(DailyCount.objects.order_by("kind", "key", "day").values_list())


def rows() -> list[tuple]:
    return [row[1:] for row in counts()]


@pytest.mark.django_db
@time_machine.travel("2026-11-21T12:00:00Z", tick=False)
def test_flush_adds_to_what_is_counted_already():
    counters.add("resource.view", "a")
    counters.add("resource.view", "a")
    counters.add("search.page")
    assert counters.flush()
    counters.add("resource.view", "a")
    assert counters.flush()
    assert rows() == [("resource.view", "a", DAY, 3), ("search.page", "", DAY, 1)]


@pytest.mark.django_db
@time_machine.travel("2026-11-21T23:30:00Z", tick=False)
def test_day_is_that_of_paris():
    counters.add("search.page")
    counters.flush()
    assert rows() == [("search.page", "", date(2026, 11, 22), 1)]


@pytest.mark.django_db
def test_day_changes_at_midnight_in_paris_summer_time_or_not():
    moments = [
        ("2026-10-24T21:59:59Z", date(2026, 10, 24)),
        ("2026-10-24T22:00:00Z", date(2026, 10, 25)),  # the night is an hour longer
        ("2026-10-25T22:59:59Z", date(2026, 10, 25)),
        ("2026-10-25T23:00:00Z", date(2026, 10, 26)),
        ("2026-10-25T22:59:59Z", date(2026, 10, 25)),  # a clock put right
    ]
    for moment, day in moments:
        with time_machine.travel(moment, tick=False):
            counters.add("search.page")
            counters.flush()
            assert DailyCount.objects.order_by("day").values_list("day", "count")[0] == (day, 1)
            DailyCount.objects.all().delete()


@pytest.mark.django_db
def test_flush_is_one_statement_and_none_when_nothing_was_counted(django_assert_num_queries):
    counters.add("resource.view", "a")
    counters.add("resource.view", "b")
    counters.miss("moyens de transport")
    with django_assert_num_queries(1):
        counters.flush()
    with django_assert_num_queries(0):
        counters.flush()


@pytest.mark.django_db
def test_what_is_not_written_is_kept(monkeypatch):
    counters.add("resource.view", "a")
    write = memory._write
    monkeypatch.setattr(memory, "_write", lambda _: (_ for _ in ()).throw(OperationalError("away")))
    assert not counters.flush()
    counters.add("resource.view", "a")
    monkeypatch.setattr(memory, "_write", write)
    assert counters.flush()
    assert [row[3] for row in rows()] == [2]


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(memory, "MAX_KEPT", 3)
    for number in range(10):
        counters.add("resource.view", str(number))
    counters.add("resource.view", "0")
    assert sorted(memory._memory.take().values()) == [1, 1, 2]


@pytest.mark.django_db
def test_threads_lose_nothing():
    def count() -> None:
        for _ in range(500):
            counters.add("resource.view", "a")

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counters.flush()
    assert [row[3] for row in rows()] == [2000]


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_forked_child_starts_with_nothing():
    counters.add("resource.view", "a")
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, str(len(memory._memory.counts)).encode())
        os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 9) == b"0"
    os.close(reader)
    os.close(writer)
    assert len(memory._memory.counts) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Covoiturage   Hôpital ", ["covoiturage hôpital"]),
        ("jean.dupont@exemple.fr transport", ["transport"]),
        ("né le 12/03/1961", ["né le"]),
        ("06 12 34 56 78", []),
        ("a\0b <script>", ["ab script"]),
        ("l’autogestion", ["l’autogestion"]),
        ("x" * 200, ["x" * 60]),
        ("🙂", []),
    ],
)
def test_miss_keeps_no_digit_and_no_address(typed, kept):
    counters.miss(typed)
    counters.flush()
    assert list(SearchMiss.objects.values_list("text", flat=True)) == kept


@pytest.mark.django_db
def test_database_refuses_a_miss_with_a_digit():
    SearchMiss.objects.create(text="transport", day=DAY, count=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchMiss.objects.update(text="transport 31")


@pytest.mark.django_db
def test_nothing_that_is_counted_can_break_a_page():
    counters.add("x" * 300, "y\0\ud800" * 300)
    assert counters.flush()
    assert len(counts()) == 1
