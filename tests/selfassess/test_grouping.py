"""A group's figures: the middle, the spread, and roles large enough to be shown."""

from __future__ import annotations

import pytest

from selfassess.reading.comparing import compare, low_axes
from selfassess.reading.grouping import group_lines, group_wheel, roles_shown
from tests.selfassess import making

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 4, "b": 3}, ["a", "b"]),
        ({"a": 4, "b": 2}, []),
        ({"a": 5, "b": 4, "c": 1}, ["a"]),
        ({"a": 2, "b": 2}, []),
        ({"a": 3}, ["a"]),
        ({"a": 5, "b": 2, "c": 2}, ["a"]),
    ],
)
def test_a_role_of_fewer_than_three_is_never_shown_nor_worked_out(sizes, shown):
    roles = [role for role, size in sizes.items() for _ in range(size)]
    assert roles_shown(roles) == shown


def test_the_middle_the_spread_and_who_is_not_concerned():
    instrument = making.grid().read()
    wheels = [dict.fromkeys(instrument.criteria, value) for value in (0, 2, 3, None)]
    line = group_lines(instrument, [("a", wheel) for wheel in wheels])[0]
    assert (line.middle, line.low, line.high, line.spread) == (2, 0, 3, 3)
    assert (line.counts, line.not_concerned) == ((1, 0, 1, 1, 0), 1)
    assert line.by_role == {"a": 2}
    assert group_wheel([line]) == [2]


def test_nobody_concerned_is_said_and_not_counted():
    instrument = making.grid().read()
    line = group_lines(instrument, [("a", dict.fromkeys(instrument.criteria))] * 3)[0]
    assert (line.middle, line.low, line.high, line.spread) == (None, None, None, None)
    assert group_wheel([line]) == [None]


def test_agreements_gaps_and_what_one_is_not_concerned_by():
    instrument = making.grid().read()
    first = dict.fromkeys(instrument.criteria, 3)
    second = {**first, "CE1": 0, "CE2": 2, "CM3": None}
    found = compare(instrument, first, second)
    assert len(found.agreed) == 9
    assert [line.criterion.code for line in found.gaps] == ["CE1", "CE2"]
    assert [line.criterion.code for line in found.to_talk] == ["CE1"]
    assert [line.criterion.code for line in found.apart] == ["CM3"]


def test_low_axes_come_lowest_first_and_those_nobody_is_concerned_by_are_left_out():
    instrument = making.grid().read()
    scores = dict.fromkeys(instrument.criteria, 3)
    scores |= dict.fromkeys(("CC1", "CC2", "CC3"), 1) | dict.fromkeys(("CD1", "CD2", "CD3"), 0)
    scores |= dict.fromkeys(("CM1", "CM2", "CM3"))
    assert [axis.code for axis in low_axes(instrument, [scores])] == [
        "co-decision",
        "co-construction",
    ]
