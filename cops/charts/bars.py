"""Bars over time: one for each day or month, the same for page and PDF.

Lengths are attributes of the SVG, never a style; the names of the first, the highest and the
last bar are written beside them, the whole is in the table that goes with the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cops.charts.palette import AXES

WIDTH, HEIGHT, TOP, BOTTOM = 640, 180, 28, 30
GAP = 0.25  # of the room of a bar


@dataclass(frozen=True)
class Bar:
    x: str
    y: str
    width: str
    height: str


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def bars_svg(values: Sequence[tuple[str, int]], *, title: str, uid: str) -> SafeString:
    """The bars as one ``<svg>`` named by its title.

    ``values``: (name, number from 0 up) in their order. ``uid`` begins the ids inside, so
    unique in the document. Raises ValueError when there is no value or a negative one.
    """
    numbers = [number for _, number in values]
    if not numbers or min(numbers) < 0:
        raise ValueError("bars have a length of zero or more, and there is at least one")
    highest = max(numbers)
    place = numbers.index(highest)
    room = WIDTH / len(values)
    base = HEIGHT - BOTTOM
    bars = [_bar(rank, number, room, highest, base) for rank, number in enumerate(numbers)]
    middle = (place + 0.5) * room
    return render_to_string(
        "cops/charts/_bars.svg",
        {
            "title": title,
            "uid": uid,
            "bars": [bar for bar, number in zip(bars, numbers, strict=True) if number],
            "width": WIDTH,
            "height": HEIGHT,
            "base": base,
            "names": HEIGHT - 8,
            "first": values[0][0],
            "last": values[-1][0] if len(values) > 1 else "",
            "highest": highest,
            "at": _number(middle),
            "anchor": "start" if middle < 60 else "end" if middle > WIDTH - 60 else "middle",
            "above": _number(base - _height(highest, highest, base) - 6),
            "colour": AXES[0].text,
        },
    )


def _bar(rank: int, number: int, room: float, highest: int, base: float) -> Bar:
    height = _height(number, highest, base)
    return Bar(
        x=_number(rank * room + room * GAP / 2),
        y=_number(base - height),
        width=_number(room * (1 - GAP)),
        height=_number(height),
    )


def _height(number: int, highest: int, base: float) -> float:
    """At least a point: a visit that happened is seen."""
    return max(1.0, (base - TOP) * number / highest) if number else 0.0
