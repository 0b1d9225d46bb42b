"""A grid's content as the form needs it, and back as it is kept.

Kept, a wording holds only what it says otherwise, and no list has an empty row. Aligned, each
wording has a row for each role, moment and criterion, every row has every field of its schema,
and the lists that may grow end with an empty row.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

from cops.content.schema import Schema
from selfassess.services.shape import GRID, IDEA, OF_THE_VERSION, ROLE, SAID

Content = dict[str, Any]
Row = dict[str, Any]
PARTS = (("roles", "code"), ("instructions", "step"), ("criteria", "code"), ("axes", "code"))
EDITORIAL = "editorial"
_CODE = re.compile(r"([A-Z]+)[0-9]+")


def aligned(content: Content) -> Content:
    """A copy to be laid out."""
    whole = _filled({name: GRID[name] for name in OF_THE_VERSION}, content)
    for wording in whole["wordings"]:
        _align(wording, whole)
    for axis in whole["axes"]:
        axis["ideas"].append(_filled(IDEA, {}))
    whole["roles"].append(_filled(ROLE, {}))
    new = _filled(SAID, {})
    _align(new, whole)
    whole["wordings"].append(new)
    return whole


def rows_of(content: Content, part: str) -> list[Row]:
    """The rows of the grid itself that a wording may say otherwise; the empty one left out."""
    if part == "criteria":
        return [row for axis in content["axes"] for row in axis["criteria"]]
    return [row for row in content[part] if row.get("code") or part != "roles"]


def packed(content: Content, *, removed: set[int], renewed: set[int], taken: set[str]) -> Content:
    """As it is kept. ``content`` was filled in by the form, and is changed.

    ``removed`` holds the ``id()`` of the rows to leave out, ``renewed`` that of the criteria that
    are other questions now; ``taken`` the codes that criteria of this grid ever had.
    """
    taken = set(taken)
    content["wordings"] = [
        wording
        for wording in content["wordings"]
        if wording["label"] and id(wording) not in removed
    ]
    # A row is said otherwise by place: what is left out goes from the wordings as well.
    for wording in content["wordings"]:
        wording["code"] = wording["code"] or _named(wording["label"], content["wordings"])
        for part, _ in PARTS:
            pairs = zip(rows_of(content, part), wording[part], strict=True)
            wording[part] = [(base, said) for base, said in pairs if id(base) not in removed]
    for criterion in rows_of(content, "criteria"):
        if id(criterion) in renewed:
            criterion["code"] = _next_code(criterion["code"], taken)
            taken.add(criterion["code"])
    for wording in content["wordings"]:
        for _, said in wording["axes"]:
            said["ideas"] = [one for one in said["ideas"] if one["title"]]
        for part, key in PARTS:
            wording[part] = [
                {**said, key: base[key]}
                for base, said in wording[part]
                if any(word for name, word in said.items() if name != key)
            ]
    for axis in content["axes"]:
        axis["ideas"] = [one for one in axis["ideas"] if one["title"] and id(one) not in removed]
    content["roles"] = [one for one in content["roles"] if one["label"] and id(one) not in removed]
    for role in content["roles"]:
        role["code"] = role["code"] or _named(role["label"], content["roles"])
    return content


def repacked(content: Content) -> Content:
    """The same content with every field there is today."""
    return packed(aligned(content), removed=set(), renewed=set(), taken=set())


def _filled(schema: Schema, row: Mapping[str, Any]) -> Row:
    """The row with every field of its schema, and no other; a copy."""
    found: Row = {}
    for name, kind in schema.items():
        value = row.get(name, kind.empty)
        if kind.rows is not None:
            found[name] = [_filled(kind.rows, one) for one in value or []]
        else:
            found[name] = copy.deepcopy(value)
    return found


def _align(wording: Row, content: Content) -> None:
    for part, key in PARTS:
        kind = SAID[part].rows or {}
        said = {row[key]: row for row in wording[part]}
        wording[part] = [
            _filled(kind, said.get(base[key], {key: base[key]})) for base in rows_of(content, part)
        ]
    for base, row in zip(content["axes"], wording["axes"], strict=True):
        places = max(len(base["ideas"]), len(row["ideas"]) + 1)
        row["ideas"] += [_filled(IDEA, {}) for _ in range(places - len(row["ideas"]))]


def _named(label: str, rows: list[Row]) -> str:
    """A code made of a label, that no other row has."""
    taken = {row["code"] for row in rows}
    base = slugify(label)[:36].strip("-") or "autre"
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code


def _next_code(code: str, taken: set[str]) -> str:
    """« CE4 » after CE1, CE2 and CE3: a code is never given again."""
    found = _CODE.fullmatch(code)
    prefix, number = (found[1], 1) if found else (code[:7], 1)
    while f"{prefix}{number}" in taken:
        number += 1
    return f"{prefix}{number}"
