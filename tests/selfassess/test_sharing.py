"""What is shared leaves by shuffled batches, and is never read below five."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from selfassess.enums import Mode
from selfassess.models import Participant, SharedScore
from selfassess.reading.statistics import counted, figures
from selfassess.services.answers import sharing_set
from selfassess.services.assessments import assessment_reveal
from selfassess.services.sharing import quarter_of, shares_drop
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO

pytestmark = pytest.mark.django_db


def _shared(number: int, *, role: str = PRO, shares: bool = True, value: int = 3) -> None:
    """A group of so many people, turned over, who all share or do not."""
    made = making.opened(Mode.GROUP)
    people = [making.sent(made.assessment, role, value)[0] for _ in range(max(number, 2))]
    assessment_reveal(assessment=made.assessment)
    for person in people[:number]:
        sharing_set(participant=person, shares=shares)


def test_nothing_leaves_before_five_people_and_then_all_at_once():
    _shared(4)
    assert shares_drop() == 0
    _shared(1)
    assert shares_drop() == 5
    assert SharedScore.objects.count() == 60
    assert shares_drop() == 0


def test_who_did_not_tick_shares_nothing():
    _shared(6, shares=False)
    assert shares_drop() == 0
    assert not SharedScore.objects.exists()


def test_who_changes_their_mind_in_time_shares_nothing_not_even_a_department():
    _shared(5)
    one = Participant.objects.order_by("pk").first()
    sharing_set(participant=one, shares=True, department="31")
    after = sharing_set(participant=one, shares=False, department="31")
    assert (after.shares, after.department) == (False, "")
    assert shares_drop() == 0


def test_shared_marks_no_longer_change():
    _shared(5)
    shares_drop()
    one = Participant.objects.order_by("pk").first()
    assert sharing_set(participant=one, shares=False).shares


def test_figures_are_hidden_below_five_and_where_a_subtraction_would_tell():
    _shared(6, role=PRO)
    shares_drop()
    whole = figures(counted(), grid="soins-cliniques-et-educatifs")
    assert {(row.total, row.hidden, row.counts) for row in whole} == {(6, False, (0, 0, 0, 6, 0))}
    # Three of another role: the role is hidden, and so is the one that would give it away.
    for row in list(SharedScore.objects.filter(criterion="CE1")[:3]):
        row.pk, row.role = None, PARTNER
        row.save()
    for role in (PRO, PARTNER):
        hidden = {row.code: row.hidden for row in
                  figures(counted(), grid="soins-cliniques-et-educatifs", role=role)}  # fmt: skip
        assert hidden["CE1"]


def test_a_quarter_is_all_that_is_known_of_the_day():
    from datetime import date

    days = [date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1), date(2026, 12, 31)]
    assert [quarter_of(day) for day in days] == ["2026-T1", "2026-T1", "2026-T2", "2026-T4"]


def _waiting(number: int, *, department: str, role: str = PRO) -> list[Participant]:
    made = making.opened(Mode.GROUP)
    people = [making.sent(made.assessment, role)[0] for _ in range(max(number, 2))]
    assessment_reveal(assessment=made.assessment)
    for person in people[:number]:
        sharing_set(participant=person, shares=True, department=department)
    return people[:number]


def test_no_cell_of_a_role_and_a_department_is_made_by_fewer_than_five():
    _waiting(4, department="31")
    _waiting(4, department="31", role=PARTNER)
    _waiting(5, department="48")
    assert shares_drop() == 5
    assert set(SharedScore.objects.values_list("role", "department")) == {(PRO, "48")}


def test_one_person_s_department_says_nothing_of_the_others():
    _waiting(5, department="")
    _waiting(2, department="31")
    assert shares_drop() == 5
    assert set(SharedScore.objects.values_list("department", flat=True)) == {""}


def test_a_department_that_too_few_told_is_left_out_after_ninety_days():
    early = _waiting(3, department="31") + _waiting(2, department="48")
    assert shares_drop() == 0
    Participant.objects.filter(pk__in=[one.pk for one in early]).update(
        submitted_at=timezone.now() - timedelta(days=91)
    )
    assert shares_drop() == 5
    assert set(SharedScore.objects.values_list("department", flat=True)) == {""}
