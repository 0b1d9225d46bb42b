"""What moved since the earlier times: joint wheels, or one's own when alone, by criterion code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from cops.charts.steps import steps_svg
from cops.formats import NBSP, count_fr, date_fr, number_fr, typography
from selfassess.enums import Mode
from selfassess.instrument import Axis, Criterion
from selfassess.models import Assessment
from selfassess.reading.changes import (
    axis_followed,
    axis_step,
    both_said,
    criteria_ever,
    grid_changes,
    level_when_whole,
)
from selfassess.reading.comparing import wheel_scores
from selfassess.reading.outcome import draw, waiting

MOST = 6  # earlier times shown: two years of them, twice a year


@dataclass(frozen=True)
class Moment:
    """One time: its day, its joint wheel, its marks, the codes of the criteria it asked."""

    day: datetime
    asked: frozenset[str]
    scores: dict[str, int | None]
    wheel: SafeString

    @property
    def day_words(self) -> list[str]:
        """Its day, a line each: on paper, a column of seven is narrow."""
        return date_fr(self.day).split(NBSP)


@dataclass(frozen=True)
class CriterionMove:
    """A criterion through the times, as a small drawing."""

    criterion: Criterion
    drawing: SafeString


@dataclass(frozen=True)
class AxisMove:
    """An axis through the times with its criteria; ``step`` is None when it cannot be said.

    ``levels`` are those of the same criteria all along (changes.axis_followed).
    """

    axis: Axis
    levels: tuple[float | None, ...]
    # Since the last time, on the ``common`` criteria that have a level both times.
    step: float | None
    common: int
    drawing: SafeString
    criteria: tuple[CriterionMove, ...]

    @property
    def size(self) -> float:
        return abs(self.step or 0)

    @property
    def some_left_out(self) -> bool:
        return self.common < len(self.axis.criteria)


def since(assessment: Assessment) -> dict[str, Any]:
    """The times before this one and this one, the oldest first; empty without any earlier.

    As long as this time says nothing yet, nothing moved.
    """
    chain = _chain(assessment)
    if len(chain) < 2 or chain[-1] != assessment:
        return {"moments": [], "moves": [], "criteria_moves": [], "grid_changes": [],
                "before": assessment.follows,
                "before_decisions": _decisions(assessment)}  # fmt: skip
    moments = [_moment(one, rank) for rank, one in enumerate(chain)]
    return {
        "moments": moments,
        "moves": [_axis_move(axis, moments) for axis in assessment.instrument.axes],
        "criteria_moves": [
            (_named(one, is_gone), [(m.day, _said(m, one.code)) for m in moments])
            for one, is_gone in criteria_ever(chain)
        ],
        "grid_changes": grid_changes(chain, [one.day for one in moments]),
        "before": assessment.follows,
        "before_decisions": _decisions(assessment),
    }


def _decisions(assessment: Assessment) -> list[Any]:
    return list(assessment.follows.decisions.all()) if assessment.follows else []


def _chain(assessment: Assessment) -> list[Assessment]:
    chain = [assessment]
    while chain[0].follows is not None and len(chain) <= MOST:
        chain.insert(0, chain[0].follows)
    return [one for one in chain if _marks(one)]


def _marks(assessment: Assessment) -> dict[str, int | None]:
    """The joint levels; alone, one's own once sent: who begins again holds the place at once
    (services.assessments.assessment_again), nobody else can come to it."""
    if assessment.mode != Mode.ALONE:
        return dict(assessment.joint_scores.values_list("criterion", "value"))
    me = assessment.participants.filter(submitted_at__isnull=False).first()
    return dict(me.scores) if me else {}


def _named(criterion: Criterion, is_gone: bool) -> str:
    return f"{criterion.label} (n’est plus dans la grille)" if is_gone else criterion.label


def _moment(assessment: Assessment, rank: int) -> Moment:
    # Each time is read with the version that was answered.
    instrument = assessment.instrument
    scores = _marks(assessment)
    whose = "Ma roue" if assessment.mode == Mode.ALONE else "La roue commune"
    day = assessment.revealed_at or assessment.opened_at
    return Moment(
        day=day,
        asked=frozenset(instrument.criteria),
        scores=scores,
        wheel=draw(
            wheel_scores(instrument, scores),
            title=f"{whose} du {date_fr(day)}",
            uid=f"temps-{rank}",
            labels="",
            waiting=waiting(instrument, scores),
        ),
    )


def _axis_move(axis: Axis, moments: list[Moment]) -> AxisMove:
    first, last = (one.scores for one in moments[-2:])
    followed = axis_followed(axis, [one.scores for one in moments])
    levels = tuple(level_when_whole(followed, one.scores) for one in moments)
    return AxisMove(
        axis=axis,
        levels=levels,
        step=axis_step(axis, first, last),
        common=len(both_said(axis, first, last)),
        drawing=_drawn(axis, _told_of(axis, followed), levels, moments, axis.code),
        criteria=tuple(
            CriterionMove(
                criterion,
                _drawn(
                    axis,
                    criterion.label,
                    [one.scores.get(criterion.code) for one in moments],
                    moments,
                    criterion.code,
                ),
            )
            for criterion in axis.criteria
        ),
    )


def _told_of(axis: Axis, followed: Axis) -> str:
    """« Co-décision », or « Co-décision (2 critères sur 3) »."""
    count, asked = len(followed.criteria), len(axis.criteria)
    if count == asked:
        return axis.label
    return f"{axis.label} ({count_fr(count, 'critère,critères')} sur {asked})"


def _drawn(
    axis: Axis,
    name: str,
    levels: Sequence[float | None],
    moments: list[Moment],
    uid: str,
) -> SafeString:
    """Its title says in words what it shows: « Co-décision : 1 le 3 mars 2026, 2 le … »."""
    told = [
        f"{number_fr(level, 1 if level % 1 else 0)} le {date_fr(one.day)}"
        for level, one in zip(levels, moments, strict=True)
        if level is not None
    ]
    title = typography(f"{name} : {', '.join(told) or 'pas de niveau'}")
    return steps_svg(levels, title=title, uid=f"pas-{uid}", axis=axis.drawn)


def _said(moment: Moment, code: str) -> str:
    if code not in moment.asked:
        return "pas dans la grille"
    if code not in moment.scores:
        return "—"
    mark = moment.scores[code]
    return "non concerné" if mark is None else str(mark)
