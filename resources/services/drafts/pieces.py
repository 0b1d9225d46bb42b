"""The pieces of a content that are written one at a time: two people on two pieces never meet."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from resources.services.contents import Content, gone, section_at, section_put, step_at

# The main fields together; the order of sections and steps.
FIELDS, SHAPE = "fields", "shape"
_SECTION, _STEP = "section", "step"
_SECTION_NAMES = ("title", "level", "source")
_STEP_NAMES = ("title", "partner_label", "professional_label", "source")


def piece_key(variant: str, anchor: str, number: int | None = None) -> str:
    """``section:standard:lenjeu``, or ``step:standard:le-parcours:2``."""
    if number is None:
        return f"{_SECTION}:{variant}:{anchor}"
    return f"{_STEP}:{variant}:{anchor}:{number}"


def piece_read(content: Mapping[str, Any], piece: str) -> dict[str, Any] | None:
    """What a piece holds; None when it is no more."""
    if piece == FIELDS:
        return {name: value for name, value in content.items() if name != "sections"}
    kind, variant, anchor, *number = piece.split(":")
    section = section_at(content, (variant, anchor))
    if section is None:
        return None
    if kind == _SECTION:
        own = {name: section[name] for name in _SECTION_NAMES}
        return own | ({"path_title": section["path"]["title"]} if section["path"] else {})
    step = step_at(section, int(number[0]))
    return {name: deepcopy(step[name]) for name in _STEP_NAMES} if step else None


def piece_write(content: Content, piece: str, value: Mapping[str, Any]) -> Content:
    """The content with what was written in a piece. Raises ValidationError if it is no more."""
    new = deepcopy(content)
    if piece == FIELDS:
        new.update({name: deepcopy(words) for name, words in value.items() if name != "sections"})
        return new
    kind, variant, anchor, *number = piece.split(":")
    section = section_at(new, (variant, anchor))
    if section is None:
        raise gone()
    if kind == _SECTION:
        section.update({name: value[name] for name in _SECTION_NAMES if name in value})
        if section["path"] and "path_title" in value:
            section["path"]["title"] = value["path_title"]
        return new
    step = step_at(section, int(number[0]))
    if step is None:
        raise gone()
    step.update({name: deepcopy(value[name]) for name in _STEP_NAMES if name in value})
    return new


def piece_put_back(content: Content, piece: str, source: Mapping[str, Any]) -> Content | None:
    """The content with a piece that was taken away, as another content has it; None if it cannot.

    Somebody removed the section while it was being written: what was written is not lost.
    """
    kind, variant, anchor, *_number = piece.split(":")
    past = section_at(source, (variant, anchor))
    if past is None or kind not in (_SECTION, _STEP):
        return None
    return section_put(content, past, after=None)
