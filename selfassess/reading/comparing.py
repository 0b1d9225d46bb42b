"""Two wheels side by side: where they agree, where they part, what may help."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from selfassess.enums import GAP, LOW
from selfassess.instrument import Axis, Criterion, Instrument

Scores = Mapping[str, int | None]


@dataclass(frozen=True)
class Line:
    """One criterion under two pairs of eyes. ``gap`` is None when one of them is not concerned."""

    criterion: Criterion
    first: int | None
    second: int | None

    @property
    def gap(self) -> int | None:
        if self.first is None or self.second is None:
            return None
        return abs(self.first - self.second)

    @property
    def first_x(self) -> str:
        return rail_x(self.first or 0)

    @property
    def second_x(self) -> str:
        return rail_x(self.second or 0)

    @property
    def talks(self) -> bool:
        """Far enough apart for the questions to be shown."""
        return self.gap is not None and self.gap >= GAP


def rail_x(mark: float) -> str:
    """Where a mark stands on the rail of the drawing, from 10 to 210."""
    return f"{10 + 50 * mark:g}"


@dataclass(frozen=True)
class Comparison:
    lines: tuple[Line, ...]

    @property
    def agreed(self) -> list[Line]:
        """Seen the same way, « non concerné » by both included."""
        return [line for line in self.lines if line.first == line.second]

    @property
    def gaps(self) -> list[Line]:
        """The widest first, then in the order of the wheel."""
        apart = [line for line in self.lines if line.gap]
        return sorted(apart, key=lambda line: -(line.gap or 0))

    @property
    def to_talk(self) -> list[Line]:
        return [line for line in self.gaps if line.talks]

    @property
    def near(self) -> list[Line]:
        """Apart by one level: said after those to talk about."""
        return [line for line in self.gaps if not line.talks]

    @property
    def some_not_concerned(self) -> bool:
        return any(None in (line.first, line.second) for line in self.lines)

    @property
    def apart(self) -> list[Line]:
        """One is concerned and the other is not: worth a word too."""
        return [line for line in self.lines if line.gap is None and line.first != line.second]


def compare(instrument: Instrument, first: Scores, second: Scores) -> Comparison:
    """Both wheels, criterion by criterion, in the order of the wheel."""
    return Comparison(
        tuple(
            Line(criterion, first.get(code), second.get(code))
            for code, criterion in instrument.criteria.items()
        )
    )


def axis_level(axis: Axis, wheels: Sequence[Scores]) -> float | None:
    """The median of an axis over some wheels; None when nobody is concerned."""
    marks = [
        mark
        for scores in wheels
        for criterion in axis.criteria
        if (mark := scores.get(criterion.code)) is not None
    ]
    return median(marks) if marks else None


def low_axes(instrument: Instrument, *eyes: Sequence[Scores]) -> list[Axis]:
    """The axes to begin with, the lowest first: those under « consultation » for any of ``eyes``.

    Each is one person's wheel, or those of a whole group: the two of a pair are not pooled, what
    is low for one of them alone would not be seen.
    """
    low = []
    for axis in instrument.axes:
        levels = [level for wheels in eyes if (level := axis_level(axis, wheels)) is not None]
        if levels and min(levels) < LOW:
            low.append((min(levels), axis))
    return [axis for _, axis in sorted(low, key=lambda pair: pair[0])]


def wheel_scores(instrument: Instrument, scores: Scores) -> list[int | None]:
    """The twelve marks of a wheel, in its order; what is not answered yet is drawn empty."""
    return [scores.get(code, 0) for code in instrument.criteria]
