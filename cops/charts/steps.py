"""A level from 0 to 4 through the times: a small line, one of many that are read side by side.

The same for page and PDF, named by its title; the figures are in the table that goes with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cops.charts.palette import Axis

LEVELS = 4
WIDTH, HEIGHT = 140, 60
LEFT, RIGHT, TOP, BOTTOM = 8, 30, 8, 52
BESIDE = 7  # from the last point to its figure: « 2,5 » is three signs wide, and all are seen


@dataclass(frozen=True)
class Dot:
    x: str
    y: str


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _dots(levels: Sequence[float | None]) -> list[Dot | None]:
    step = (WIDTH - LEFT - RIGHT) / max(1, len(levels) - 1)
    return [
        None if level is None else Dot(_number(LEFT + rank * step), _number(_height(level)))
        for rank, level in enumerate(levels)
    ]


def _height(level: float) -> float:
    return BOTTOM - level * (BOTTOM - TOP) / LEVELS


def _line(dots: Sequence[Dot | None]) -> str:
    """Through the dots; broken where there is none."""
    path = ""
    for before, dot in zip([None, *dots], dots, strict=False):
        if dot is not None:
            path += f"{'L' if before else 'M'}{dot.x} {dot.y}"
    return path


def steps_svg(levels: Sequence[float | None], *, title: str, uid: str, axis: Axis) -> SafeString:
    """The levels as one ``<svg>``, the oldest on the left, the last one written out.

    ``levels``: 0–4, or None when there is nothing to say. ``uid`` begins the ids inside, so
    unique in the document. Raises ValueError without levels or out of the scale.
    """
    if not levels or any(level is not None and not 0 <= level <= LEVELS for level in levels):
        raise ValueError(f"levels go from 0 to {LEVELS}, and there is at least one")
    dots = _dots(levels)
    last = levels[-1]
    return render_to_string(
        "cops/charts/_steps.svg",
        {
            "title": title,
            "uid": uid,
            "axis": axis,
            "width": WIDTH,
            "height": HEIGHT,
            "left": LEFT,
            "end": WIDTH - RIGHT,
            "rails": [_number(_height(level)) for level in range(LEVELS + 1)],
            "line": _line(dots),
            "dots": [dot for dot in dots[:-1] if dot],
            "last": dots[-1],
            "beside": _number(float(dots[-1].x) + BESIDE) if dots[-1] else "",
            "said": "" if last is None else _number(last).replace(".", ","),
        },
    )
