"""What changed in a grid between two assessments: compared by the codes of its criteria."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


def axis_step(
    axis: Axis, before: Assessment, after: Assessment, marks: Sequence[Scores]
) -> float | None:
    """How far an axis moved, on the criteria that both times asked; None when it cannot be said.

    ``marks`` are the levels of both times.
    """
    common = tuple(one for one in axis.criteria if one.code in before.instrument.criteria)
    kept = Axis(**{**vars(axis), "criteria": common})
    first, last = (axis_level(kept, [scores]) for scores in marks)
    return None if first is None or last is None else last - first


def criteria_ever(chain: Sequence[Assessment]) -> list[tuple[Criterion, bool]]:
    """Every criterion asked, those of the last time first; True for those it no longer asks."""
    now = chain[-1].instrument.criteria
    found = {code: (one, False) for code, one in now.items()}
    for assessment in reversed(chain[:-1]):
        for code, one in assessment.instrument.criteria.items():
            found.setdefault(code, (one, True))
    return list(found.values())
