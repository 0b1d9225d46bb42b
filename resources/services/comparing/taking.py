"""Putting an old paragraph back, and making one text out of two."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from django.core.exceptions import ValidationError

from resources.services.comparing.blocks import Block
from resources.services.comparing.differences import FIELDS_KEY, SAME, Group, UnitChange, compare
from resources.services.comparing.units import unit_write, unit_write_whole
from resources.services.contents import (
    Content,
    key_of,
    section_at,
    section_put,
    section_removed,
)

OLD, NEW = "old", "new"


def take(
    old: Mapping[str, Any], new: Content, *, group: str, unit: str = "", row: int | None = None
) -> tuple[Content, str]:
    """The new content with one thing of the old one back in it, and what it was, in words.

    A paragraph (``group``, ``unit``, ``row``), a field or a whole lane (``group``, ``unit``),
    a section or all the fields (``group``). Raises ValidationError when there is no such
    difference any more.
    """
    found = next((one for one in compare(old, new) if one.key == group), None)
    if found is None:
        raise _nothing()
    if not unit:
        return _take_group(old, new, found), f"« {found.title} », en entier"
    change = next((one for one in found.changed_units if one.key == unit), None)
    if change is None:
        raise _nothing()
    content = deepcopy(new)
    if change.old is None or change.new is None or row is None or change.whole:
        if change.old is None:
            raise _nothing()
        unit_write_whole(content, change.old)
        return content, f"« {found.title} », {change.label}"
    if not 0 <= row < len(change.rows) or change.rows[row].op == SAME:
        raise _nothing()
    choices = {index: OLD if index == row else NEW for index in range(len(change.rows))}
    unit_write(content, change.new, _chosen(change, choices))
    return content, f"« {found.title} », un paragraphe ({change.label})"


def _take_group(old: Mapping[str, Any], new: Content, group: Group) -> Content:
    if group.key == FIELDS_KEY:
        own = {name: value for name, value in old.items() if name != "sections"}
        return deepcopy({**own, "sections": new["sections"]})
    _, variant, anchor = group.key.split(":", 2)
    past = section_at(old, (variant, anchor))
    if past is None:
        return section_removed(new, (variant, anchor))
    keys = [key_of(section) for section in old["sections"]]
    place = keys.index((variant, anchor))
    return section_put(new, past, after=keys[place - 1] if place else None)


def resolve(change: UnitChange, choices: Mapping[int, str]) -> list[Block]:
    """The paragraphs of one text out of two: for each row, ``old`` or ``new`` (by default)."""
    return _chosen(change, choices)


def _chosen(change: UnitChange, choices: Mapping[int, str]) -> list[Block]:
    sides = [row.old if choices.get(row.index) == OLD else row.new for row in change.rows]
    return [block for block in sides if block is not None]


def _nothing() -> ValidationError:
    return ValidationError(
        "Cette différence n’existe plus : le texte a changé entre-temps."
        " La comparaison ci-dessous est à jour.",
        code="no_difference",
    )
