"""What a wheel costs: its markup on a page and on paper, compressed, and the time to draw it."""

from __future__ import annotations

import gzip
import statistics
import time
from collections.abc import Iterator

from cops.charts.wheel import wheel_svg
from cops.pdf import engine
from tests.benchmarks.measure import Line, bound, measure

ONE = [3, 4, 2, 2, 3, 3, 1, 3, 0, None, 2, 1]
OTHER = [2, 3, 2, 4, 1, 3, 1, 0, 2, 2, None, 1]
DRAWN = 200
KINDS = {
    "page": {"scores": ONE, "labels": "letters"},
    "filling": {"scores": ONE, "labels": "letters", "waiting": range(6, 12)},
    "superposed": {"scores": ONE, "labels": "letters", "over": OTHER},
    "named": {"scores": ONE, "labels": "names"},
}
PAPER = "<!doctype html><html lang='fr'><head><title>Roue</title></head><body>{}</body></html>"


def _milliseconds(kind: dict[str, object]) -> float:
    """The median of many: one wheel is too short for a clock."""
    times = []
    for _ in range(DRAWN):
        start = time.perf_counter()
        wheel_svg(title="Votre roue", uid="roue", **kind)  # type: ignore[arg-type]
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


@measure("selfassess wheel")
def wheel() -> Iterator[Line]:
    for name, kind in KINDS.items():
        svg = wheel_svg(title="Votre roue", uid="roue", **kind)  # type: ignore[arg-type]
        weight = len(gzip.compress(svg.encode())) / 1000
        yield bound(f"selfassess wheel {name}", figure=weight, target=4, unit="kB")
        yield bound(
            f"selfassess wheel {name} drawn", figure=_milliseconds(kind), target=1, unit="ms"
        )
    # On paper: what the wheel adds to a document, once that is compressed as we give it out.
    two = wheel_svg(title="Les deux roues", uid="roue", **KINDS["superposed"])  # type: ignore[arg-type]
    added = len(engine.make(PAPER.format(two))) - len(engine.make(PAPER.format("")))
    yield bound("selfassess wheel in a PDF", figure=added / 1000, target=4, unit="kB")
