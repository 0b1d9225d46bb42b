"""The wheel of partnership: twelve criteria in four axes, five levels from 0 to 4.

The emblem of the portal and the picture of a self-assessment. Each sector is
the same four cells turned by 30°, which is why a whole wheel weighs about 1 kB
once compressed. Reached cells are full, the others keep an outline in the
axis's hue (3:1 on every background), a criterion « non concerné » is dashed.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from cops.charts.palette import AXES, Axis

CENTRE = 100
HOLE, RING, BETWEEN_RINGS, BETWEEN_SECTORS = 25, 16.6, 1.7, 1.9
OUTER = HOLE + 4 * RING
LEVELS = 4
PER_AXIS = 3
# The four quarters stand a little apart: the joint between axes is wider than between criteria.
SPREAD = 0.9

VIEW_BOXES = {
    "": "4 4 192 192",
    "names": "-10 -10 220 220",
    "letters": "4 4 192 192",
    "corners": "-78 4 348 192",
}

# A wheel that shows no result: the emblem of the home page and of the covers.
EMBLEM = (4, 3, 4, 3, 4, 2, 3, 4, 3, 4, 3, 4)


@dataclass(frozen=True)
class Sector:
    """One criterion: its turn in degrees, the paths of its reached and unreached cells."""

    turn: int
    reached: str
    unreached: str
    none: str
    waits: bool = False


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _point(radius: float, angle: float) -> str:
    """The point at this angle in degrees, 0 at the top, clockwise."""
    turn = math.radians(angle - 90)
    return (
        f"{_number(CENTRE + radius * math.cos(turn))} {_number(CENTRE + radius * math.sin(turn))}"
    )


@lru_cache
def _cells(first: int, last: int) -> str:
    """The cells of the rings first..last-1 of the first sector, as one SVG path."""
    path = ""
    for ring in range(first, last):
        inner = HOLE + ring * RING
        outer = inner + RING - BETWEEN_RINGS
        # A joint of even width: its angle shrinks as the radius grows.
        a, b = (math.degrees(math.asin(BETWEEN_SECTORS / 2 / r)) for r in (inner, outer))
        path += (
            f"M{_point(inner, a)}L{_point(outer, b)}"
            f"A{_number(outer)} {_number(outer)} 0 0 1 {_point(outer, 30 - b)}"
            f"L{_point(inner, 30 - a)}"
            f"A{_number(inner)} {_number(inner)} 0 0 0 {_point(inner, a)}Z"
        )
    return path


def _sector(index: int, score: int | None, *, waits: bool) -> Sector:
    if waits:
        return Sector(index * 30, "", _cells(0, LEVELS), "", waits=True)
    if score is None:
        return Sector(index * 30, "", "", _cells(0, LEVELS))
    if not 0 <= score <= LEVELS:
        raise ValueError(f"a score goes from 0 to {LEVELS}, not {score}")
    return Sector(index * 30, _cells(0, score), _cells(score, LEVELS), "")


def _quarters(
    scores: Sequence[int | None], axes: Sequence[Axis], waiting: Collection[int] = ()
) -> list[dict[str, object]]:
    if len(scores) != PER_AXIS * len(axes) or len(axes) != 4:
        raise ValueError("a wheel has twelve scores, three for each of four axes")
    quarters: list[dict[str, object]] = []
    for rank, axis in enumerate(axes):
        across = SPREAD if rank in (0, 1) else -SPREAD
        down = SPREAD if rank in (1, 2) else -SPREAD
        begin = rank * PER_AXIS
        quarters.append(
            {
                "axis": axis,
                "move": f"{_number(across)} {_number(down)}",
                "sectors": [
                    _sector(k, scores[k], waits=k in waiting)
                    for k in range(begin, begin + PER_AXIS)
                ],
                "curve": _curve(rank),
                "corner": _corner(rank),
            }
        )
    return quarters


def _outline(scores: Sequence[int | None]) -> str:
    """A wheel as one stepped line, told from a filled one without any colour.

    The line follows the outer rim of the last ring reached, goes down to the next criterion's,
    and runs just inside the hub where nothing is reached. It stops where nobody is concerned.
    """
    if len(scores) != PER_AXIS * 4:
        raise ValueError("a wheel has twelve scores, three for each of four axes")
    radii = [None if score is None else _rim(score) for score in scores]
    path = ""
    for rank, radius in enumerate(radii):
        if radius is None:
            continue
        follows = radii[rank - 1] is not None
        path += f"{'L' if path and follows else 'M'}{_point(radius, rank * 30)}"
        size = _number(radius)
        path += f"A{size} {size} 0 0 1 {_point(radius, rank * 30 + 30)}"
    if None not in radii:
        return path + "Z"
    if radii[0] is not None and radii[-1] is not None:
        path += f"L{_point(radii[0], 0)}"
    return path


def _rim(score: int) -> float:
    if not 0 <= score <= LEVELS:
        raise ValueError(f"a score goes from 0 to {LEVELS}, not {score}")
    # Half a joint away from the cells, so that the line covers none of them.
    return HOLE - 3.5 if score == 0 else HOLE + score * RING - BETWEEN_RINGS / 2


def _curve(rank: int) -> str:
    """The arc that carries an axis's name; the lower two run backwards so as to read upright."""
    begin, end = rank * 90, rank * 90 + 90
    if rank in (0, 3):
        radius, sweep = OUTER + 5, 1
    else:
        radius, sweep, begin, end = OUTER + 12.5, 0, end, begin
    size = _number(radius)
    return f"M{_point(radius, begin)}A{size} {size} 0 0 {sweep} {_point(radius, end)}"


def _corner(rank: int) -> dict[str, object]:
    """Where a straight name stands beside its quarter."""
    x, y = _point(OUTER + 6, rank * 90 + 45).split()
    low = rank in (1, 2)
    return {
        "x": x,
        "y": _number(float(y) + (5 if low else 0)),
        "anchor": "start" if rank < 2 else "end",
    }


def wheel_svg(
    scores: Sequence[int | None] = EMBLEM,
    *,
    title: str,
    uid: str,
    axes: Sequence[Axis] = AXES,
    labels: str = "",
    waiting: Collection[int] = (),
    over: Sequence[int | None] | None = None,
) -> SafeString:
    """The wheel as one `<svg>` for page and PDF, named by its title.

    `scores`: twelve values 0–4, or None for « non concerné », axis after axis.
    `waiting`: ranks of the criteria that nobody answered yet, drawn without any tint.
    `over`: a second wheel, drawn over the first one as a thick outline.
    `uid`: begins the ids inside, so unique in the document.
    `labels`: "" for none; "names" for the axes' names along the rim (a page only: WeasyPrint
    does not bend a text); "corners" for straight names, "letters" for CE, CC, CD, CM (both).
    Raises ValueError when a score is out of range or one is missing.
    """
    if labels not in VIEW_BOXES:
        raise ValueError(f"unknown labels: {labels}")
    return render_to_string(
        "cops/charts/_wheel.svg",
        {
            "title": title,
            "uid": uid,
            "labels": labels,
            "quarters": _quarters(scores, axes, waiting),
            "view_box": VIEW_BOXES[labels],
            "outline": "" if over is None else _outline(over),
        },
    )


def mark_svg(*, dark: bool) -> str:
    """The emblem as a file, for a CSS background or the browser's tab: it says nothing, it adorns.

    A decoration inside the document would need a name or be untagged in a PDF;
    a background is neither read aloud nor part of the structure.
    """
    parts = []
    for quarter, axis in zip(_quarters(EMBLEM, AXES), AXES, strict=True):
        full, pale = (axis.dark_text, axis.dark_tint) if dark else (axis.text, axis.tint)
        cells = "".join(
            f'<g transform="rotate({s.turn} 100 100)"><path d="{s.reached}"/>'
            + (f'<path fill="{pale}" d="{s.unreached}"/>' if s.unreached else "")
            + "</g>"
            for s in quarter["sectors"]  # type: ignore[attr-defined]
        )
        parts.append(f'<g fill="{full}" transform="translate({quarter["move"]})">{cells}</g>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="4 4 192 192">'
        + "".join(parts)
        + "</svg>\n"
    )
