"""Two editors on one piece: both texts side by side, then one out of two, by paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from resources.services.comparing import UnitChange, compare, resolve
from resources.services.comparing.differences import ADDED, REMOVED, SAME, Group, Row
from resources.services.comparing.taking import NEW, OLD
from resources.services.comparing.units import (
    field_units,
    section_units,
    unit_write,
    unit_write_whole,
)
from resources.services.contents import Content, section_at
from resources.services.drafts.pieces import FIELDS, piece_read, piece_write

# In a form: whose words a paragraph keeps. In a comparison theirs stand on the left, as old.
THEIRS, MINE = OLD, NEW


@dataclass(frozen=True)
class Choice:
    """One difference to settle; ``name`` is that of its radio buttons."""

    name: str
    unit: UnitChange
    row: Row | None
    default: str

    @property
    def rows(self) -> list[Row]:
        return [self.row] if self.row else [row for row in self.unit.rows if row.op != SAME]


def choices_of(
    current: Content, piece: str, mine: Mapping[str, Any], base: Mapping[str, Any] | None
) -> list[Choice]:
    """What differs between the saved piece and mine, each difference with the wise default.

    The default keeps mine where I changed it, theirs where I did not.
    """
    group = _difference(current, piece, mine)
    was = _base_blocks(current, piece, base)
    choices = []
    for unit in group.changed_units if group else []:
        known = was.get(unit.key, ())
        if unit.whole or unit.old is None or unit.new is None:
            untouched = unit.new is not None and unit.new.blocks == known
            choices.append(Choice(unit.key, unit, None, THEIRS if untouched else MINE))
            continue
        for row in unit.rows:
            if row.op != SAME:
                name = f"{unit.key}|{row.index}"
                choices.append(Choice(name, unit, row, _default(row, known)))
    return choices


def piece_resolve(
    current: Content, piece: str, mine: Mapping[str, Any], chosen: Mapping[str, str]
) -> dict[str, Any]:
    """The piece made of both, by the names of ``choices_of``; mine where nothing was said."""
    result = piece_write(current, piece, mine)
    group = _difference(current, piece, mine)
    for unit in group.changed_units if group else []:
        if unit.whole or unit.old is None or unit.new is None:
            if chosen.get(unit.key) == THEIRS and unit.old is not None:
                unit_write_whole(result, unit.old)
            continue
        sides = {row.index: chosen.get(f"{unit.key}|{row.index}", MINE) for row in unit.rows}
        unit_write(result, unit.new, resolve(unit, sides))
    return piece_read(result, piece) or dict(mine)


def _difference(current: Content, piece: str, mine: Mapping[str, Any]) -> Group | None:
    groups = compare(current, piece_write(current, piece, mine))
    return groups[0] if groups else None


def _base_blocks(
    current: Content, piece: str, base: Mapping[str, Any] | None
) -> dict[str, tuple[Any, ...]]:
    """The paragraphs that both began from, by unit; of a unit they share nothing was changed."""
    if base is None or not base:
        return {}
    content = piece_write(current, piece, base)
    if piece == FIELDS:
        units = field_units(content)
    else:
        _, variant, anchor, *_ = piece.split(":")
        section = section_at(content, (variant, anchor))
        units = section_units(section) if section else []
    return {unit.key: unit.blocks for unit in units}


def _default(row: Row, known: tuple[Any, ...]) -> str:
    if row.op == REMOVED:  # theirs alone: I took it out, or they put it in
        return MINE if row.old in known else THEIRS
    if row.op == ADDED:
        return THEIRS if row.new in known else MINE
    return THEIRS if row.new in known else MINE
