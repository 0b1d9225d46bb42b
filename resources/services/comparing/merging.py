"""Three contents into one: what each side changed since the text they both began from."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from resources.services.comparing.units import FIELDS
from resources.services.contents import Content, in_order, key_of
from resources.services.snapshots import authored


def content_merge(
    base: Mapping[str, Any], mine: Content, theirs: Mapping[str, Any]
) -> tuple[Content, list[str]]:
    """My content with what only the others changed; and what both changed, in words.

    Where both changed one thing, mine stays: the caller shows it.
    """
    merged, both = deepcopy(mine), []
    was, own, other = (authored(dict(content)) for content in (base, mine, theirs))
    for name in FIELDS:
        if own.get(name) == other.get(name) or other.get(name) == was.get(name):
            continue
        if own.get(name) == was.get(name):
            merged[name] = deepcopy(theirs[name])
        else:
            both.append(FIELDS[name][0])
    merged["sections"] = _sections(base, mine, theirs, both)
    return merged, both


def _sections(
    base: Mapping[str, Any], mine: Content, theirs: Mapping[str, Any], both: list[str]
) -> list[dict[str, Any]]:
    was, own, other = (
        {key_of(section): section for section in content["sections"]}
        for content in (base, mine, theirs)
    )
    result: dict[Any, dict[str, Any]] = {}
    theirs_order = list(own) == [key for key in was if key in own] and list(other) != list(was)
    order = [*other, *own] if theirs_order else [*own, *other]
    for key in dict.fromkeys(order):
        old, left, right = was.get(key), own.get(key), other.get(key)
        chosen = left
        if left != right and right != old:
            if left == old:
                chosen = right
            else:
                both.append(f"section « {(left or right or {})['title']} »")
                chosen = left or right  # taken out by one, rewritten by the other: kept
        if chosen is not None:
            result[key] = deepcopy(chosen)
    return in_order(list(result.values()))
