"""What changed in a grid between two assessments: compared by the codes of its criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from selfassess.instrument import Axis, Criterion, Instrument
from selfassess.models import Assessment
from selfassess.reading.comparing import Scores, axis_level


@dataclass(frozen=True)
class Renamed:
    """The same question in other words: its levels are compared all the same."""

    before: str
    after: str


@dataclass(frozen=True)
class GridChange:
    """From a time to the next one, on another version of the grid."""

    before: datetime
    after: datetime
    added: tuple[Criterion, ...]
    removed: tuple[Criterion, ...]
    renamed: tuple[Renamed, ...]

    @property
    def other_words(self) -> bool:
        """Neither criterion nor label moved: a help, an example, a question did."""
        return not (self.added or self.removed or self.renamed)


def grid_changes(chain: Sequence[Assessment], days: Sequence[datetime]) -> list[GridChange]:
    """One for each step at which the version is another one; the oldest first."""
    steps = zip(chain, chain[1:], days, days[1:], strict=False)
    return [
        _change(before.instrument, after.instrument, one, other)
        for before, after, one, other in steps
        if before.version_id != after.version_id
    ]


def _change(before: Instrument, after: Instrument, one: datetime, other: datetime) -> GridChange:
    old, new = before.criteria, after.criteria
    return GridChange(
        before=one,
        after=other,
        added=tuple(new[code] for code in new if code not in old),
        removed=tuple(old[code] for code in old if code not in new),
        renamed=tuple(
            Renamed(old[code].label, new[code].label)
            for code in new
            if code in old and old[code].label != new[code].label
        ),
    )


def both_said(axis: Axis, first: Scores, last: Scores) -> tuple[Criterion, ...]:
    """The criteria of an axis that have a level at both times: nothing else can be compared.

    One that is not posed yet, was not asked, or concerns nobody at one of them, has none.
    """
    return tuple(
        one
        for one in axis.criteria
        if first.get(one.code) is not None and last.get(one.code) is not None
    )


def axis_followed(axis: Axis, times: Sequence[Scores]) -> Axis:
    """The axis with the criteria that its curve follows, the same ones all along.

    Those with a level at both of the last times that say something of it: the end of the curve
    moves as the words beside it say. Nothing common, those of the last one.
    """
    said = [one for one in times if axis_level(axis, [one]) is not None][-2:]
    if not said:
        return axis
    kept = both_said(axis, said[0], said[-1]) or both_said(axis, said[-1], said[-1])
    return _with(axis, kept)


def level_when_whole(axis: Axis, scores: Scores) -> float | None:
    """The level of an axis; None when one of its criteria has none: it would be another axis."""
    return axis_level(axis, [scores]) if both_said(axis, scores, scores) == axis.criteria else None


def axis_step(axis: Axis, first: Scores, last: Scores) -> float | None:
    """How far an axis moved, on what has a level both times; None when it cannot be said."""
    kept = _with(axis, both_said(axis, first, last))
    before, after = axis_level(kept, [first]), axis_level(kept, [last])
    return None if before is None or after is None else after - before


def _with(axis: Axis, criteria: tuple[Criterion, ...]) -> Axis:
    return replace(axis, criteria=criteria)


def criteria_ever(chain: Sequence[Assessment]) -> list[tuple[Criterion, bool]]:
    """Every criterion asked, those of the last time first; True for those it no longer asks."""
    now = chain[-1].instrument.criteria
    found = {code: (one, False) for code, one in now.items()}
    for assessment in reversed(chain[:-1]):
        for code, one in assessment.instrument.criteria.items():
            found.setdefault(code, (one, True))
    return list(found.values())
