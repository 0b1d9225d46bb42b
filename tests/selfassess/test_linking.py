"""The linking attack of the shared table, by somebody who holds a dump of the database.

barometer.md (e): in a naive design the hidden column ``xmin``, the numbers, or where a row lies
on the disk, lead from each row to its author. Here every person answers so that a row tells
its author's class; the attacker guesses it from everything but the answer, and must do no
better than chance. The same attack is run on a naive table first: it is no blunt one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction

from selfassess.enums import Mode
from selfassess.models import Participant, SharedScore
from selfassess.services.answers import answers_save, answers_send, sharing_set
from selfassess.services.assessments import assessment_reveal
from selfassess.services.sharing import shares_drop
from tests.selfassess import making

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 20  # a night
CLASSES = 5
# Of 480 rows, six standard deviations over chance.
LUCK = 6

COLUMNS = "criterion, value, xmin::text::bigint, ctid::text, id"
SHARED = f"SELECT {COLUMNS} FROM selfassess_sharedscore"
NAIVE = f"SELECT {COLUMNS} FROM naive"
# What an attacker sorts by; None is the order in which the rows are read, as in a dump.
KEYS: dict[str, Callable[[Row], Any] | None] = {
    "as dumped": None,
    "pk": lambda row: row.id,
    "ctid": lambda row: row.place,
    "xmin then pk": lambda row: (row.xmin, row.id),
    "xmin then ctid": lambda row: (row.xmin, row.place),
}


@dataclass(frozen=True)
class Row:
    criterion: str
    value: int
    xmin: int
    place: tuple[int, ...]
    id: int


def _rows(sql: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [
            Row(criterion, value, xmin, tuple(map(int, ctid.strip("()").split(","))), pk)
            for criterion, value, xmin, ctid, pk in cursor.fetchall()
        ]


def _night(value: Callable[[int, int], int]) -> list[Participant]:
    """A group of PEOPLE who all share: ``value(person, criterion)``. Each sends on their own."""
    made = making.opened(Mode.GROUP)
    codes = list(made.assessment.instrument.criteria)
    people = []
    for rank in range(PEOPLE):
        one, _ = making.joined(made.assessment)
        scores = {code: value(rank, number) for number, code in enumerate(codes)}
        answers_save(participant=one, scores=scores)
        people.append(answers_send(participant=one))
    assessment_reveal(assessment=made.assessment)
    for one in people:
        sharing_set(participant=one, shares=True)
    return people


def _by(key: Callable[[Row], Any] | None, rows: Sequence[Row]) -> list[Row]:
    return list(rows) if key is None else sorted(rows, key=key)


def _best_hits(sql: str, codes: list[str]) -> dict[str, float]:
    """The share of rows whose author's class is guessed, by the best reading of each order.

    People are known to the attacker in the order in which they came: their rows would follow
    each other person by person, or criterion by criterion; forwards or backwards.
    """
    rows = _rows(sql)
    found = {}
    for name, key in KEYS.items():
        order = _by(key, rows)
        shares = []
        for one in (order, order[::-1]):
            people = [rank // len(codes) for rank in range(len(one))]
            shares.append(_share(one, people, codes))
            seen = dict.fromkeys(codes, -1)
            nth = []
            for row in one:
                seen[row.criterion] += 1
                nth.append(seen[row.criterion])
            shares.append(_share(one, nth, codes))
        found[name] = max(shares)
    return found


def _share(rows: list[Row], guesses: list[int], codes: list[str]) -> float:
    """Person p answers (p + number of the criterion) % CLASSES."""
    hits = [
        row.value == (guess + codes.index(row.criterion)) % CLASSES
        for row, guess in zip(rows, guesses, strict=True)
    ]
    return sum(hits) / len(hits)


def _bound(chance: float, rows: int) -> float:
    return chance + LUCK * (chance * (1 - chance) / rows) ** 0.5


@pytest.fixture
def codes() -> list[str]:
    return list(making.grid().read().criteria)


def test_within_a_night_no_order_leads_from_a_row_to_who_answered(codes):
    people = _night(lambda person, number: (person + number) % CLASSES)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE naive AS SELECT * FROM selfassess_sharedscore")
        try:
            rank = 0
            for one in people:  # as if each fell in when it was sent
                for code, value in one.scores.items():
                    rank += 1
                    cursor.execute(
                        "INSERT INTO naive (id, criterion, value) VALUES (%s, %s, %s)",
                        [rank, code, value],
                    )
            assert set(_best_hits(NAIVE, codes).values()) == {1.0}
        finally:
            cursor.execute("DROP TABLE naive")
    assert shares_drop() == PEOPLE
    rows = PEOPLE * len(codes)
    assert SharedScore.objects.count() == rows
    bound = _bound(1 / CLASSES, rows)
    assert {n: hit for n, hit in _best_hits(SHARED, codes).items() if hit > bound} == {}


def test_between_nights_nothing_tells_with_which_night_a_row_came(codes):
    """Else the candidates of a row would be the few of one night, not all those of a quarter."""
    nights = []
    for low in (0, 3):  # one night answers 0 and 1, the other 3 and 4
        people = _night(lambda person, number, low=low: low + (person + number) % 2)
        assert shares_drop() == PEOPLE
        nights.append([one.pk for one in people])
    rows = _rows(SHARED)
    assert len(rows) == 2 * PEOPLE * len(codes)
    bound = _bound(0.5, len(rows))
    for name, key in KEYS.items():
        order = _by(key, rows)
        half = len(order) // 2
        hits = sum((row.value >= 3) == (rank >= half) for rank, row in enumerate(order))
        assert max(hits, len(order) - hits) / len(order) <= bound, name
    # xmin: the numbers of the transactions that marked each night's people as shared.
    marks = [_xmins(keys) for keys in nights]
    assert len({row.xmin for row in rows}) == 1
    hits = sum(row.xmin in marks[row.value >= 3] for row in rows)
    others = sum(row.xmin in marks[row.value < 3] for row in rows)
    # Everybody's rows point at the same night: at half of the people, whoever they are.
    assert {hits, others} == {len(rows) // 2}


def _xmins(keys: list[int]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT xmin::text::bigint FROM selfassess_participant WHERE id = ANY(%s)", [keys]
        )
        return {row[0] for row in cursor.fetchall()}


def test_the_row_says_nothing_of_when_and_its_number_begins_again(codes):
    columns = {field.column for field in SharedScore._meta.get_fields()}
    assert columns == {
        "id", "grid", "version", "criterion", "role", "value", "quarter", "department",
    }  # fmt: skip
    for _ in range(2):
        _night(lambda person, number: (person + number) % CLASSES)
        shares_drop()
    rows = 2 * PEOPLE * len(codes)
    numbers = sorted(SharedScore.objects.values_list("pk", flat=True))
    assert numbers == list(range(1, rows + 1))
    with connection.cursor() as cursor:
        cursor.execute("SHOW track_commit_timestamp")
        assert cursor.fetchone()[0] == "off"
        # No dead row keeps the former order on the disk: a fresh copy is no smaller.
        cursor.execute("CREATE TABLE fresh_copy AS SELECT * FROM selfassess_sharedscore")
        cursor.execute(
            "SELECT pg_relation_size('fresh_copy'), pg_relation_size('selfassess_sharedscore')"
        )
        fresh, kept = cursor.fetchone()
        cursor.execute("DROP TABLE fresh_copy")
        assert kept <= fresh


def test_a_batch_that_fails_at_its_end_loses_and_doubles_nothing(codes):
    _night(lambda person, number: (person + number) % CLASSES)
    with transaction.atomic():
        shares_drop()
        transaction.set_rollback(True)
    assert not SharedScore.objects.exists()
    assert shares_drop() == PEOPLE
    assert shares_drop() == 0
    assert SharedScore.objects.count() == PEOPLE * len(codes)
