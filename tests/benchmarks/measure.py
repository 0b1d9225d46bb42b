"""What a measure is, and the one line it prints.

A figure alone says little on a machine that differs each day: every measure is a
ratio between the subject and a floor, taken in turns in the same run, medians of
several rounds.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ROUNDS = 5
# Of a load: many short rounds say more than a few long ones, on a machine that does other
# things too.
SHORT_ROUNDS = 15


@dataclass(frozen=True, kw_only=True)
class Line:
    """One printed measure; ``held`` compares the ratio (or the figure) with the target."""

    name: str
    figure: str
    floor: str = "–"
    ratio: float | None = None
    target: str
    held: bool

    def __str__(self) -> str:
        ratio = "–" if self.ratio is None else f"{self.ratio:.3f}"
        verdict = "held" if self.held else "short"
        return (
            f"{self.name:<34} {self.figure:>16}  floor {self.floor:>14}"
            f"  ratio {ratio:>7}  target {self.target:<12} {verdict}"
        )


Measures = Callable[[], Iterator[Line]]
REGISTRY: dict[str, Measures] = {}


def measure(name: str) -> Callable[[Measures], Measures]:
    """Registers a generator of lines under the name that ONLY= matches by its beginning."""

    def register(function: Measures) -> Measures:
        REGISTRY[name] = function
        return function

    return register


def in_turns(
    floor: Callable[[], float], subject: Callable[[], float], rounds: int = ROUNDS
) -> tuple[float, float]:
    """Medians of floor and subject, run in turns so that a busy minute falls on both."""
    floor(), subject()  # warms both
    pairs = [(floor(), subject()) for _ in range(rounds)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs)


def at_least(name: str, *, figure: float, floor: float, target: float, unit: str) -> Line:
    """A speed: the subject is to reach ``target`` times the floor."""
    ratio = figure / floor if floor else 0.0
    return Line(
        name=name,
        figure=f"{figure:,.1f} {unit}",
        floor=f"{floor:,.1f} {unit}",
        ratio=ratio,
        target=f">= {target}",
        held=ratio >= target,
    )


def at_most(name: str, *, figure: float, floor: float, target: float, unit: str = "ms") -> Line:
    """A duration: the subject may take ``target`` times the floor."""
    ratio = figure / floor if floor else float("inf")
    return Line(
        name=name,
        figure=f"{figure:,.2f} {unit}",
        floor=f"{floor:,.2f} {unit}",
        ratio=ratio,
        target=f"<= {target}",
        held=ratio <= target,
    )


def bound(name: str, *, figure: float, target: float, unit: str = "") -> Line:
    """A count or a weight that has a ceiling and no floor."""
    return Line(
        name=name,
        figure=f"{figure:,.1f} {unit}".strip(),
        target=f"<= {target:g}",
        held=figure <= target,
    )
