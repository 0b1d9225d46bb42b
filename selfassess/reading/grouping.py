"""A group's wheels: per criterion the median, the spread, and the levels by role."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from selfassess.enums import NEVER_APART
from selfassess.instrument import Criterion, Instrument
from selfassess.reading.comparing import rail_x

Scores = Mapping[str, int | None]


@dataclass(frozen=True)
class GroupLine:
    """One criterion: the median, the lowest and the highest, how many at each level.

    ``by_role`` gives the median of each role that is large enough to be shown apart; when one
    is too small, none that would let it be worked out is shown either.
    """

    criterion: Criterion
    middle: float | None
    low: int | None
    high: int | None
    counts: tuple[int, ...]
    not_concerned: int
    by_role: Mapping[str, float | None]

    @property
    def spread(self) -> int | None:
        return None if self.low is None or self.high is None else self.high - self.low

    @property
    def low_x(self) -> str:
        return rail_x(self.low or 0)

    @property
    def high_x(self) -> str:
        return rail_x(self.high or 0)

    @property
    def middle_x(self) -> str:
        return rail_x(self.middle or 0)


def group_lines(instrument: Instrument, members: Sequence[tuple[str, Scores]]) -> list[GroupLine]:
    """``members`` are (role, scores) of those who sent theirs."""
    roles = roles_shown([role for role, _ in members])
    return [_line(criterion, members, roles) for criterion in instrument.criteria.values()]


def roles_shown(roles: Sequence[str]) -> list[str]:
    """The roles that may be shown apart: none of fewer than three members is ever left out alone.

    With the whole and all the roles but one, the last one could be worked out: so a single
    small role hides the smallest of the others too.
    """
    sizes = Counter(roles)
    shown = [role for role, size in sizes.most_common() if size >= NEVER_APART]
    hidden = sum(size for role, size in sizes.items() if role not in shown)
    if 0 < hidden < NEVER_APART and shown:
        shown = shown[:-1]
    return sorted(shown)


def _line(
    criterion: Criterion, members: Sequence[tuple[str, Scores]], roles: Sequence[str]
) -> GroupLine:
    answered = [(role, scores.get(criterion.code)) for role, scores in members]
    marks = [mark for _, mark in answered if mark is not None]
    return GroupLine(
        criterion=criterion,
        middle=median(marks) if marks else None,
        low=min(marks, default=None),
        high=max(marks, default=None),
        counts=tuple(marks.count(level) for level in range(5)),
        not_concerned=len(answered) - len(marks),
        by_role={role: _of_role(answered, role) for role in roles},
    )


def _of_role(answered: Sequence[tuple[str, int | None]], role: str) -> float | None:
    marks = [mark for one, mark in answered if one == role and mark is not None]
    # Those « non concernés » may leave fewer than three marks: then nothing is said.
    return median(marks) if len(marks) >= NEVER_APART else None


def group_wheel(lines: Sequence[GroupLine]) -> list[int | None]:
    """The wheel of the medians: a half is drawn as the ring below, never flattered."""
    return [None if line.middle is None else int(line.middle) for line in lines]
