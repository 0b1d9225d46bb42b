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
    def first_x(self) -> int:
        return _x(self.first)

    @property
    def second_x(self) -> int:
        return _x(self.second)

    @property
    def talks(self) -> bool:
        """Far enough apart for the questions to be shown."""
        return self.gap is not None and self.gap >= GAP


def _x(mark: int | None) -> int:
    """Where a mark stands on the rail of the drawing, from 10 to 210."""
    return 10 + 50 * (mark or 0)


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


def low_axes(instrument: Instrument, wheels: Sequence[Scores]) -> list[Axis]:
    """The axes to begin with, the lowest first: those under « consultation »."""
    levels = [(axis_level(axis, wheels), axis) for axis in instrument.axes]
    low = [(level, axis) for level, axis in levels if level is not None and level < LOW]
    return [axis for _, axis in sorted(low, key=lambda pair: pair[0])]


def wheel_scores(instrument: Instrument, scores: Scores) -> list[int | None]:
    """The twelve marks of a wheel, in its order; what is not answered yet is drawn empty."""
    return [scores.get(code, 0) for code in instrument.criteria]
