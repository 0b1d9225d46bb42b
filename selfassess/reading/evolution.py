"""What moved since the earlier times: joint wheels only, by criterion code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString

from cops.formats import date_fr
from selfassess.instrument import Axis, Instrument
from selfassess.models import Assessment
from selfassess.reading.comparing import axis_level, wheel_scores
from selfassess.reading.outcome import draw

MOST = 6  # earlier times shown: two years of them, twice a year


@dataclass(frozen=True)
class Moment:
    """One time: its day, its joint wheel, its marks."""

    day: datetime
    scores: dict[str, int | None]
    wheel: SafeString


@dataclass(frozen=True)
class AxisMove:
    """An axis through the times; ``step`` is None when it cannot be said."""

    axis: Axis
    levels: tuple[float | None, ...]

    @property
    def step(self) -> float | None:
        first, last = self.levels[-2], self.levels[-1]
        return None if first is None or last is None else last - first


def since(assessment: Assessment) -> dict[str, Any]:
    """The times before this one and this one, the oldest first; empty without any earlier."""
    chain = _chain(assessment)
    if len(chain) < 2:
        return {"moments": [], "moves": [], "criteria_moves": [], "before": assessment.follows,
                "before_decisions": _decisions(assessment)}  # fmt: skip
    instrument = assessment.instrument
    moments = [_moment(instrument, one, rank) for rank, one in enumerate(chain)]
    return {
        "moments": moments,
        "moves": [
            AxisMove(axis, tuple(axis_level(axis, [m.scores]) for m in moments))
            for axis in instrument.axes
        ],
        "criteria_moves": [
            (criterion.label, [_said(m.scores, code) for m in moments])
            for code, criterion in instrument.criteria.items()
        ],
        "before": assessment.follows,
        "before_decisions": _decisions(assessment),
    }


def _decisions(assessment: Assessment) -> list[Any]:
    return list(assessment.follows.decisions.all()) if assessment.follows else []


def _chain(assessment: Assessment) -> list[Assessment]:
    chain = [assessment]
    while chain[0].follows is not None and len(chain) <= MOST:
        chain.insert(0, chain[0].follows)
    return [one for one in chain if one.joint_scores.exists()]


def _moment(instrument: Instrument, assessment: Assessment, rank: int) -> Moment:
    scores = dict(assessment.joint_scores.values_list("criterion", "value"))
    day = assessment.revealed_at or assessment.opened_at
    return Moment(
        day=day,
        scores=scores,
        wheel=draw(
            wheel_scores(instrument, scores),
            title=f"La roue commune du {date_fr(day)}",
            uid=f"temps-{rank}",
            labels="",
        ),
    )


def _said(scores: dict[str, int | None], code: str) -> str:
    if code not in scores:
        return "—"
    mark = scores[code]
    return "non concerné" if mark is None else str(mark)
