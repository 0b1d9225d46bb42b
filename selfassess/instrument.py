"""A grid as it is read: axes, criteria, roles, levels, in one of its wordings.

A version of a grid keeps its content as data; this is the one place that knows its shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cops.charts import palette
from selfassess.enums import TOGETHER

AXIS_CODES = ("co-expression", "co-construction", "co-decision", "co-mise-en-oeuvre")
_DRAWN = dict(zip(AXIS_CODES, palette.AXES, strict=True))


@dataclass(frozen=True)
class Criterion:
    code: str
    label: str
    help: str
    example: str
    falc: str
    questions: tuple[str, ...]
    axis: str


@dataclass(frozen=True)
class Idea:
    """Something to try together in a workshop when an axis is low."""

    title: str
    text: str


@dataclass(frozen=True)
class Axis:
    code: str
    label: str
    help: str
    sheets: tuple[str, ...]
    ideas: tuple[Idea, ...]
    criteria: tuple[Criterion, ...]

    @property
    def drawn(self) -> palette.Axis:
        """The axis of the wheel that it is: its colours, its letters."""
        return _DRAWN[self.code]

    @property
    def hue(self) -> str:
        """The axis's code in class names: « exp »."""
        return self.drawn.code

    @property
    def letters(self) -> str:
        """What the wheel writes beside its quarter: « CE »."""
        return self.drawn.letters


@dataclass(frozen=True)
class Role:
    code: str
    label: str
    description: str


@dataclass(frozen=True)
class Level:
    value: int
    label: str
    help: str
    falc: str


@dataclass(frozen=True)
class Moment:
    """One of the three moments: each on their own, then together."""

    role: str
    title: str
    text: str
    falc: str


@dataclass(frozen=True)
class Instrument:
    """A grid in one wording; ``wordings`` maps the code of the other ones to their label.

    ``title`` is that of the wording: empty, the grid's own is said.
    """

    title: str
    intro: str
    intro_falc: str
    axes: tuple[Axis, ...]
    roles: tuple[Role, ...]
    levels: tuple[Level, ...]
    moments: tuple[Moment, ...]
    wordings: Mapping[str, str]

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """By code, in the order of the wheel."""
        return {criterion.code: criterion for axis in self.axes for criterion in axis.criteria}

    @cached_property
    def members(self) -> dict[str, Role]:
        """The roles that a person may take: all but the joint moment."""
        return {role.code: role for role in self.roles if role.code != TOGETHER}

    def moment(self, role: str) -> Moment | None:
        return next((moment for moment in self.moments if moment.role == role), None)

    def level(self, value: int) -> Level:
        return self.levels[value]


def instrument_of(content: Mapping[str, Any], wording: str = "") -> Instrument:
    """The instrument in a wording; an unknown wording is the ordinary one."""
    said: Mapping[str, Any] = next(
        (w for w in content.get("wordings", ()) if w["code"] == wording), {}
    )
    criteria = _by(said.get("criteria", ()), "code")
    roles = _by(said.get("roles", ()), "code")
    moments = _by(said.get("instructions", ()), "step")
    # A version frozen before a wording could say its axes has none of its own.
    axes = _by(said.get("axes", ()), "code")
    return Instrument(
        title=said.get("title", ""),
        intro=said.get("intro") or content["intro"],
        intro_falc=said.get("intro_falc") or content["intro_falc"],
        axes=tuple(_axis(axis, axes.get(axis["code"]) or {}, criteria) for axis in content["axes"]),
        roles=tuple(
            Role(**_told(role, roles.get(role["code"]), ("code", "label", "description")))
            for role in content["roles"]
        ),
        levels=tuple(
            Level(**{name: level[name] for name in ("value", "label", "help", "falc")})
            for level in content["scale"]
        ),
        moments=tuple(
            Moment(**_told(one, moments.get(one["step"]), ("role", "title", "text", "falc")))
            for one in content["instructions"]
        ),
        wordings={w["code"]: w["label"] for w in content.get("wordings", ())},
    )


def _axis(
    axis: Mapping[str, Any], other: Mapping[str, Any], said: Mapping[Any, Mapping[str, Any]]
) -> Axis:
    # A version frozen before there were ideas has none.
    ideas = other.get("ideas") or axis.get("ideas", ())
    return Axis(
        code=axis["code"],
        label=axis["label"],
        help=other.get("help") or axis["help"],
        sheets=tuple(axis["sheets"]),
        ideas=tuple(Idea(title=one["title"], text=one["text"]) for one in ideas),
        criteria=tuple(
            Criterion(
                **_told(one, said.get(one["code"]), ("code", "label", "help", "falc")),
                # A version frozen before the example had its own place says it with the help.
                example=(said.get(one["code"]) or {}).get("example") or one.get("example", ""),
                questions=tuple((said.get(one["code"]) or {}).get("questions") or one["questions"]),
                axis=axis["code"],
            )
            for one in axis["criteria"]
        ),
    )


def _told(
    row: Mapping[str, Any], other: Mapping[str, Any] | None, names: tuple[str, ...]
) -> dict[str, Any]:
    """The fields of a row, each in the words of the other wording when it has some."""
    return {name: (other or {}).get(name) or row[name] for name in names}


def _by(rows: Iterable[Mapping[str, Any]], name: str) -> dict[Any, Mapping[str, Any]]:
    return {row[name]: row for row in rows}
