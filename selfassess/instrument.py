"""A grid as it is read: axes, criteria, roles, levels, in one of its wordings.

A version of a grid keeps its content as data; this is the one place that knows its shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selfassess.enums import TOGETHER


@dataclass(frozen=True)
class Criterion:
    code: str
    label: str
    help: str
    falc: str
    questions: tuple[str, ...]
    axis: str


@dataclass(frozen=True)
class Axis:
    code: str
    label: str
    help: str
    sheets: tuple[str, ...]
    criteria: tuple[Criterion, ...]


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
    """A grid in one wording; ``wordings`` maps the code of the other ones to their label."""

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
    return Instrument(
        intro=said.get("intro") or content["intro"],
        intro_falc=said.get("intro_falc") or content["intro_falc"],
        axes=tuple(_axis(axis, criteria) for axis in content["axes"]),
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


def _axis(axis: Mapping[str, Any], said: Mapping[Any, Mapping[str, Any]]) -> Axis:
    return Axis(
        code=axis["code"],
        label=axis["label"],
        help=axis["help"],
        sheets=tuple(axis["sheets"]),
        criteria=tuple(
            Criterion(
                **_told(one, said.get(one["code"]), ("code", "label", "help", "falc")),
                questions=tuple(one["questions"]),
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
