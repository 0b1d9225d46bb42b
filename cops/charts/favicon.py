"""The emblem as PNG and ICO, for the browsers that take no SVG in their tabs (Safari 15).

Drawn point by point from the wheel's own geometry, with the standard library
alone, so that the files can be written again anywhere and compared by a test.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator

from cops.charts.palette import AXES
from cops.charts.wheel import (
    BETWEEN_RINGS,
    BETWEEN_SECTORS,
    CENTRE,
    EMBLEM,
    HOLE,
    LEVELS,
    OUTER,
    PER_AXIS,
    RING,
)

Rgba = tuple[int, int, int, int]
CLEAR: Rgba = (0, 0, 0, 0)
FINE = 4  # each point is the mean of FINE × FINE samples


def _rgba(colour: str) -> Rgba:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16), 255


def _colour_at(x: float, y: float) -> Rgba:
    """The emblem's colour at a place of the wheel's own drawing, clear outside its cells."""
    across, down = x - CENTRE, y - CENTRE
    radius = math.hypot(across, down)
    if not HOLE <= radius < OUTER:
        return CLEAR
    ring, depth = divmod(radius - HOLE, RING)
    angle = math.degrees(math.atan2(across, -down)) % 360
    sector, turn = divmod(angle, 30)
    aside = min(turn, 30 - turn)
    if depth > RING - BETWEEN_RINGS or radius * math.sin(math.radians(aside)) < BETWEEN_SECTORS / 2:
        return CLEAR
    axis = AXES[int(sector) // PER_AXIS]
    reached = ring < min(EMBLEM[int(sector)], LEVELS)
    return _rgba(axis.text if reached else axis.tint)


def _mean(samples: list[Rgba], behind: Rgba) -> bytes:
    """One point: the samples over what is behind, with straight alpha."""
    over = [s if s[3] else behind for s in samples]
    alpha = sum(s[3] for s in over)
    if not alpha:
        return bytes(4)
    mixed = [round(sum(s[i] * s[3] for s in over) / alpha) for i in range(3)]
    return bytes((*mixed, round(alpha / len(over))))


def png(side: int, *, background: str = "") -> bytes:
    """A square PNG of this side in pixels; without a background it is clear around the wheel."""
    return _file(side, side, b"".join(b"\0" + row for row in _rows(side, background)))


def share_png(width: int, height: int, *, background: str) -> bytes:
    """The wheel in the middle of a wide picture, for the sites that show a link to the portal."""
    behind = bytes(_rgba(background))
    left = (width - height) // 2
    right = width - height - left
    rows = (
        b"\0" + behind * left + row + behind * right for row in _rows(height, background, fine=2)
    )
    return _file(width, height, b"".join(rows))


def _rows(side: int, background: str, fine: int = FINE) -> Iterator[bytes]:
    behind = _rgba(background) if background else CLEAR
    margin = 14 if background else 4
    scale = (2 * CENTRE - 2 * margin) / side / fine
    for row in range(side):
        points = b""
        for column in range(side):
            samples = [
                _colour_at(
                    margin + (column * fine + i + 0.5) * scale,
                    margin + (row * fine + j + 0.5) * scale,
                )
                for i in range(fine)
                for j in range(fine)
            ]
            points += _mean(samples, behind)
        yield points


def _file(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


def ico(side: int) -> bytes:
    """The same drawing in an icon file, for `/favicon.ico`."""
    data = png(side)
    entry = struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), 22)
    return struct.pack("<HHH", 0, 1, 1) + entry + data
