"""Everybody at the same moment: one turn, nobody's answers lost, no place given twice."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from cops.secrets import random_name
from selfassess.enums import Mode
from selfassess.models import Assessment, JointScore, Participant
from selfassess.models.joint import MOST_DECISIONS
from selfassess.services.assessments import assessment_reveal
from selfassess.services.joint import Decided, decisions_set, joint_score_set
from tests.selfassess import making
from tests.selfassess.making import CODES, PARTNER, PRO, here

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """What each gives, all begun at the same moment, each in a thread and a connection of its own.

    An exception is given back as what it is: a deadlock is one.
    """
    ready = threading.Barrier(len(acts))
    given: list[object] = [None] * len(acts)

    def run(rank: int, act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            ready.wait(30)
            given[rank] = act()
        except Exception as error:  # noqa: BLE001  (the test compares it)
            given[rank] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return given


@pytest.fixture
def turns() -> Iterator[Callable[[], int]]:
    """How many times a wheel was turned over, as the database itself counts it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TABLE turns (assessment bigint);
            CREATE FUNCTION turn() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO turns VALUES (NEW.id); RETURN NEW; END $$;
            CREATE TRIGGER turn AFTER UPDATE ON selfassess_assessment FOR EACH ROW
            WHEN (NEW.revealed_at IS DISTINCT FROM OLD.revealed_at) EXECUTE FUNCTION turn();
            """
        )

    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM turns")
            return cursor.fetchone()[0]

    yield count
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER turn ON selfassess_assessment")
        cursor.execute("DROP FUNCTION turn; DROP TABLE turns")


def _wheel(rank: int) -> dict[str, str]:
    """A wheel that is nobody else's."""
    marks = {code: (rank + number) % 5 for number, code in enumerate(CODES)}
    marks[CODES[rank]] = 4 - marks[CODES[rank]]
    return {code: str(mark) for code, mark in marks.items()}


def _answers_and_sends(made, secret: str, rank: int) -> Callable[[], object]:
    def act() -> object:
        client = Client()
        fields = _wheel(rank) | {f"note-{CODES[rank]}": f"Note {rank}", "suite": "1"}
        kept = client.post(here("answer", made, secret) + "?axe=tout", fields)
        sent = client.post(here("review", made, secret))
        shown = client.get(here("mine", made, secret))
        return kept.status_code, sent.status_code, shown.status_code

    return act


@pytest.mark.parametrize(
    ("mode", "roles", "title"),
    [
        (Mode.PAIR, [PRO, PARTNER], "Nos deux roues"),
        (Mode.GROUP, [PRO, PARTNER] * 6, "La roue du groupe"),
    ],
)
def test_all_who_send_at_once_turn_the_wheels_over_once_and_lose_nothing(mode, roles, title, turns):
    made = making.opened(mode, expected=len(roles) if mode == Mode.GROUP else None)
    places = [making.joined(made.assessment, role) for role in roles]
    acts = [_answers_and_sends(made, secret, rank) for rank, (_, secret) in enumerate(places)]
    assert Counter(at_once(acts)) == {(302, 302, 200): len(roles)}
    assert turns() == 1
    for rank, (participant, secret) in enumerate(places):
        participant.refresh_from_db()
        assert participant.scores == {code: int(mark) for code, mark in _wheel(rank).items()}
        assert participant.notes == {CODES[rank]: f"Note {rank}"}
        assert participant.submitted_at is not None
        assert title in Client().get(here("mine", made, secret)).content.decode()


def test_a_reveal_a_sending_and_a_revision_at_once_turn_over_once_and_agree(turns):
    """Who takes theirs back at the very moment of the turn either did so before it, or did not."""
    made = making.opened(Mode.GROUP)
    places = [making.sent(made.assessment) for _ in range(6)]
    late, late_secret = making.joined(made.assessment)
    making.answers_save(participant=late, scores=making.marks(made.assessment, 1))
    manage = [made.code, made.manager]
    acts: list[Callable[[], object]] = [
        lambda secret=secret: Client().post(here("reopen", made, secret)).status_code
        for _, secret in places[:3]
    ]
    acts += [
        lambda: Client().post(reverse("selfassess:reveal", args=manage)).status_code,
        lambda: Client().post(reverse("selfassess:reveal", args=manage)).status_code,
        lambda: Client().post(reverse("selfassess:close", args=manage)).status_code,
        lambda: Client().post(here("review", made, late_secret)).status_code,
    ]
    assert at_once(acts) == [302] * len(acts)
    assert turns() == 1
    for participant, secret in [*places, (late, late_secret)]:
        participant.refresh_from_db()
        page = Client().get(here("mine", made, secret)).content.decode()
        counted = participant.submitted_at is not None
        assert ("La roue du groupe" in page, "déjà retournées" in page) == (counted, not counted)


def test_forty_one_who_join_at_once_are_forty():
    made = making.opened(Mode.GROUP)
    for _ in range(34):
        making.joined(made.assessment)
    join = reverse("selfassess:join", args=[made.code])
    acts = [
        lambda: Client().post(join, {"role": PRO, "jeton": random_name()}).status_code
        for _ in range(7)
    ]
    assert Counter(at_once(acts)) == {302: 6, 422: 1}
    assert Participant.objects.count() == 40


def test_two_who_race_for_the_fortieth_place_are_one():
    made = making.opened(Mode.GROUP)
    for _ in range(39):
        making.joined(made.assessment)
    join = reverse("selfassess:join", args=[made.code])
    acts = [lambda: Client().post(join, {"role": PRO, "jeton": random_name()}).status_code] * 2
    assert Counter(at_once(acts)) == {302: 1, 422: 1}
    assert Participant.objects.count() == 40


def test_two_professionals_who_join_a_pair_at_once_are_one():
    made = making.opened()
    join = reverse("selfassess:join", args=[made.code])
    acts = [lambda: Client().post(join, {"role": PRO, "jeton": random_name()}).status_code] * 2
    assert Counter(at_once(acts)) == {302: 1, 422: 1}
    assert list(Participant.objects.values_list("role", flat=True)) == [PRO]


def test_a_double_click_in_two_threads_takes_one_place_and_sends_one_wheel(turns):
    made = making.opened(Mode.ALONE)
    join, jeton = reverse("selfassess:join", args=[made.code]), random_name()
    acts = [lambda: Client().post(join, {"role": PRO, "jeton": jeton})["Location"]] * 2
    assert at_once(acts) == [here("mine", made, jeton)] * 2
    me = Participant.objects.get()
    making.answers_save(participant=me, scores=making.marks(made.assessment))
    acts = [lambda: Client().post(here("review", made, jeton)).status_code] * 2
    assert at_once(acts) == [302, 302]
    assert turns() == 1


def test_two_devices_of_one_link_that_save_at_once_lose_nothing():
    made = making.opened()
    me, secret = making.joined(made.assessment)
    acts = [
        lambda code=code, rank=rank: Client().post(
            here("answer", made, secret) + "?axe=tout",
            {code: str(rank % 5), f"note-{code}": f"Note {rank}", "dessiner": "1"},
        ).status_code
        for rank, code in enumerate(CODES)
    ]  # fmt: skip
    assert at_once(acts) == [302] * 12
    me.refresh_from_db()
    assert me.scores == {code: rank % 5 for rank, code in enumerate(CODES)}
    assert me.notes == {code: f"Note {rank}" for rank, code in enumerate(CODES)}


def test_several_screens_of_the_joint_moment_at_once_keep_one_level_per_criterion():
    made, (_, one), (_, other) = making.turned()
    acts = [
        lambda secret=secret, rank=rank: Client().post(
            here("together", made, secret) + f"?n={1 + rank % 4}", {"value": str(rank % 5)}
        ).status_code
        for rank, secret in enumerate([one, other] * 8)
    ]  # fmt: skip
    assert at_once(acts) == [302] * 16
    assert JointScore.objects.count() == 4
    step = Assessment.objects.get().step
    joint_score_set(assessment=made.assessment, criterion="CE1", value=2)
    assert Assessment.objects.get().step == step + 1


def test_who_erases_while_all_write_makes_no_deadlock():
    made = making.opened(Mode.GROUP, expected=12)
    places = [making.joined(made.assessment) for _ in range(8)]
    acts = [_answers_and_sends(made, secret, rank) for rank, (_, secret) in enumerate(places)]
    erase = reverse("selfassess:delete", args=[made.code, made.manager])
    given = at_once([*acts, *[lambda: Client().post(erase).status_code] * 2])
    # The second to erase finds nothing any more, in its lock or before.
    assert {*given[8:]} <= {200, 410}
    assert all(set(answers) <= {200, 302, 410} for answers in given[:8])
    assert not Assessment.objects.exists()
    assert not Participant.objects.exists()


def test_six_screens_that_turn_over_at_once_are_told_of_the_same_turn(turns):
    made = making.opened(Mode.GROUP)
    for _ in range(2):
        making.sent(made.assessment)
    acts = [lambda: assessment_reveal(assessment=made.assessment).revealed_at] * 6
    assert len(set(at_once(acts))) == 1
    assert turns() == 1


def test_two_screens_that_decide_at_once_are_both_kept():
    made, *_ = making.turned()
    empty = [Decided(what="")] * MOST_DECISIONS  # what both screens were shown
    said = [Decided(what="Relire le livret"), Decided(what="Se voir chaque mois")]
    given = at_once(
        [
            partial(decisions_set, assessment=made.assessment, decisions=[one], seen=empty)
            for one in said
        ]
    )
    assert [one for one in given if isinstance(one, Exception)] == []
    assert set(made.assessment.decisions.values_list("what", flat=True)) == {
        one.what for one in said
    }
