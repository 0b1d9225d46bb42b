"""Opening, joining, answering, turning over: the services and what the base refuses."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cops.secrets import random_name
from selfassess.codes import LETTERS, code_make, code_read, code_shown
from selfassess.enums import Mode
from selfassess.models import Assessment, Departed, JointScore, Participant
from selfassess.services import answers, assessments
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO

pytestmark = pytest.mark.django_db


def test_a_code_is_twelve_letters_in_three_groups_and_forgives_how_it_is_typed():
    code = code_make()
    assert len(code) == 12
    assert set(code) <= set(LETTERS)
    shown = code_shown(code)
    assert [len(part) for part in shown.split("-")] == [4, 4, 4]
    assert code_read(shown.lower()) == code_read(f"  {code[:6]} {code[6:]} ") == code
    assert code_read("LQLQ SBZL QLSB") == code_read("1o10 sb21 0l58")


@pytest.mark.parametrize("typed", ["", "BCD", "B" * 13, "é" * 12, "AAAA-AAAA-AAAA", "B" * 10_000])
def test_what_is_no_code_is_none(typed):
    assert code_read(typed) is None


def test_the_tables_hold_neither_the_code_nor_the_secrets():
    made = making.opened()
    _, secret = making.joined(made.assessment)
    kept = str(list(Assessment.objects.values())) + str(list(Participant.objects.values()))
    for word in (made.code, made.manager, secret):
        assert word not in kept
    assert assessments.assessment_of(made.code) == made.assessment
    assert assessments.is_manager(made.assessment, made.manager)
    assert not assessments.is_manager(made.assessment, random_name())


def test_a_pair_has_one_place_for_each_role():
    made = making.opened()
    making.joined(made.assessment, PRO)
    with pytest.raises(ValidationError, match="déjà pris"):
        making.joined(made.assessment, PRO)
    making.joined(made.assessment, PARTNER)
    with pytest.raises(ValidationError, match="prises"):
        making.joined(made.assessment, PARTNER)


def test_a_group_has_forty_places_and_the_joint_moment_is_no_role():
    made = making.opened(Mode.GROUP)
    with pytest.raises(ValidationError):
        making.joined(made.assessment, "ensemble")
    for _ in range(40):
        making.joined(made.assessment)
    with pytest.raises(ValidationError, match="prises"):
        making.joined(made.assessment)


@pytest.mark.parametrize("expected", [0, 1, 41])
def test_a_group_expects_two_to_forty(expected):
    with pytest.raises(ValidationError):
        making.opened(Mode.GROUP, expected=expected)
    made = making.opened(Mode.GROUP)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=made.assessment.pk).update(expected=expected)


def test_joining_twice_with_the_same_secret_is_joining_once():
    made = making.opened()
    secret = random_name()
    first, _ = assessments.participant_join(assessment=made.assessment, role=PRO, secret=secret)
    again, _ = assessments.participant_join(assessment=made.assessment, role=PRO, secret=secret)
    assert first == again


def test_nobody_joins_after_the_turn_nor_once_it_is_closed():
    made, _, _ = making.turned()
    with pytest.raises(ValidationError, match="terminée"):
        making.joined(made.assessment)
    other = making.opened()
    assessments.assessment_close(assessment=other.assessment)
    with pytest.raises(ValidationError, match="terminée"):
        making.joined(other.assessment)


@pytest.mark.parametrize(
    "scores", [{"CE1": 5}, {"CE1": -1}, {"CE1": True}, {"CE1": 2.5}, {"CE1": "3"}, {"XX": 1}]
)
def test_a_level_outside_0_to_4_or_another_question_is_refused(scores):
    participant, _ = making.joined(making.opened().assessment)
    with pytest.raises(ValidationError):
        answers.answers_save(participant=participant, scores=scores)
    participant.refresh_from_db()
    assert participant.scores == {}


def test_answers_are_kept_step_by_step_in_the_order_of_the_wheel():
    participant, _ = making.joined(making.opened().assessment)
    answers.answers_save(participant=participant, scores={"CM3": 1})
    answers.answers_save(
        participant=participant,
        scores={"CE1": None},
        notes={"CE1": " à moi ", "CE2": ""},
    )
    participant.refresh_from_db()
    assert list(participant.scores.items()) == [("CE1", None), ("CM3", 1)]
    assert participant.notes == {"CE1": "à moi"}


def test_sending_asks_for_every_answer_and_is_done_once():
    made = making.opened()
    participant, _ = making.joined(made.assessment)
    answers.answers_save(participant=participant, scores={"CE1": 1})
    with pytest.raises(ValidationError) as caught:
        answers.answers_send(participant=participant)
    assert len(caught.value.error_dict) == 11
    answers.answers_save(participant=participant, scores=making.marks(made.assessment))
    first = answers.answers_send(participant=participant).submitted_at
    assert answers.answers_send(participant=participant).submitted_at == first


def test_a_pair_turns_over_when_both_have_sent_and_not_before():
    made = making.opened()
    making.sent(made.assessment, PRO)
    made.assessment.refresh_from_db()
    assert made.assessment.revealed_at is None
    with pytest.raises(ValidationError, match="au moins deux"):
        assessments.assessment_reveal(assessment=made.assessment)
    making.sent(made.assessment, PARTNER)
    made.assessment.refresh_from_db()
    assert made.assessment.revealed_at is not None


def test_a_group_turns_over_when_the_opener_says_so_or_when_all_expected_have_sent():
    made = making.opened(Mode.GROUP)
    for _ in range(3):
        making.sent(made.assessment)
    made.assessment.refresh_from_db()
    assert made.assessment.revealed_at is None
    assessments.assessment_reveal(assessment=made.assessment)
    expected = making.opened(Mode.GROUP, expected=3)
    for _ in range(3):
        making.sent(expected.assessment)
    expected.assessment.refresh_from_db()
    assert expected.assessment.revealed_at is not None


def test_one_revises_before_the_turn_and_not_after():
    made = making.opened()
    one, _ = making.sent(made.assessment, PRO)
    assert answers.answers_reopen(participant=one).submitted_at is None
    answers.answers_send(participant=one)
    making.sent(made.assessment, PARTNER)
    for act in (
        lambda: answers.answers_reopen(participant=one),
        lambda: answers.answers_save(participant=one, scores={"CE1": 0}),
    ):
        with pytest.raises(ValidationError, match="retournées"):
            act()


def test_an_assessment_that_is_deleted_leaves_only_its_digest():
    made, _, _ = making.turned()
    assessments.assessment_delete(assessment=made.assessment)
    assert assessments.assessment_of(made.code) is None
    assert assessments.assessment_left(made.code)
    assert (Participant.objects.count(), Departed.objects.count()) == (0, 1)


def test_what_nobody_visited_for_thirteen_months_is_erased_and_a_visit_keeps_it():
    kept, old = making.opened(), making.opened()
    long_ago = timezone.localdate() - timedelta(days=397)
    Assessment.objects.update(visited_on=long_ago)
    kept.assessment.refresh_from_db()
    assessments.assessment_visit(kept.assessment)
    assert assessments.assessments_purge(100) == 1
    assert assessments.assessment_of(kept.code) == kept.assessment
    assert assessments.assessment_left(old.code)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (Assessment, {"mode": "nul"}),
        (JointScore, {"value": 5}),
    ],
)
def test_the_base_refuses(model, fields):
    made, _, _ = making.turned()
    JointScore.objects.create(assessment=made.assessment, criterion="CE1", value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**fields)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_last_place_at_once_are_one():
    made = making.opened(Mode.ALONE)
    ready, taken = threading.Barrier(2), []

    def join():
        try:
            ready.wait(10)
            making.joined(made.assessment)
            taken.append(True)
        except ValidationError:
            taken.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=join) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(taken) == [False, True]


def test_the_opener_closes_and_adds_somebody_after_all_but_not_after_the_turn():
    made = making.opened(Mode.GROUP)
    making.sent(made.assessment)
    assessments.assessment_close(assessment=made.assessment)
    with pytest.raises(ValidationError):
        making.joined(made.assessment)
    for _ in range(2):
        assessments.assessment_admit(assessment=made.assessment)
    making.sent(made.assessment)
    assessments.assessment_close(assessment=made.assessment)
    made.assessment.refresh_from_db()
    assert made.assessment.revealed_at is not None
    assessments.assessment_admit(assessment=made.assessment)
    with pytest.raises(ValidationError):
        making.joined(made.assessment)
