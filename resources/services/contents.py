"""A content: every word that the team decides of a resource, as one plain dict.

The shape is that of ``resources.services.snapshots`` without what is derived (rendered HTML)
and without the attached files, which are put on view when they are added. A working text, a
version and what is on view are compared, merged and put back through it. Functions here write
nothing: they give a new content.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError

from resources.enums import SectionKind, Variant
from resources.models import Resource
from resources.services.rendering import anchor_make
from resources.services.sections import PAGE_ANCHORS
from resources.services.snapshots import EMPTY, authored, snapshot

Content = dict[str, Any]
Key = tuple[str, str]  # variant, anchor

# What a content does not hold of a snapshot: an address leaves a redirect and has its own
# service; files have theirs.
APART = ("schema", "slug", "attachments")
_LANES = ("partner", "professional", "actions")
PARTNER, PROFESSIONAL = "Patient partenaire", "Professionnel partenaire"


def content_of(resource: Resource) -> Content:
    """What is on view (or would be) of a resource, as a content."""
    return content_from(snapshot(resource))


def content_from(kept: Mapping[str, Any]) -> Content:
    """A snapshot of any age as a content: what it lacks is empty."""
    words = deepcopy({**EMPTY, **kept})
    content = {name: value for name, value in words.items() if name not in APART}
    content["sections"] = [_section_own(section) for section in words["sections"]]
    return content


def _section_own(section: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: value for name, value in section.items() if name != "html"}
    if path := section.get("path"):
        steps = [{k: v for k, v in step.items() if k != "html"} for step in path["steps"]]
        own["path"] = {"title": path["title"], "steps": steps}
    else:
        own["path"] = None
    return own


def same_words(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two contents say the same, titles of other resources set aside."""
    return _words(one) == _words(other)


def words_mark(content: Mapping[str, Any]) -> str:
    """A short mark of what a content says: two contents that say the same have the same."""
    text = json.dumps(_words(content), sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:16]


def _words(content: Mapping[str, Any]) -> dict[str, Any]:
    own = authored({**EMPTY, **content})
    return {name: value for name, value in own.items() if name not in APART}


def key_of(section: Mapping[str, Any]) -> Key:
    return section["variant"], section["anchor"]


def section_at(content: Mapping[str, Any], key: Key) -> dict[str, Any] | None:
    return next((section for section in content["sections"] if key_of(section) == key), None)


def step_at(section: Mapping[str, Any] | None, number: int) -> dict[str, Any] | None:
    steps = ((section or {}).get("path") or {}).get("steps", [])
    return next((step for step in steps if step["number"] == number), None)


def section_added(content: Content, *, variant: str, title: str, kind: str) -> tuple[Content, Key]:
    """The content with one more section at the end of its variant, and the key of it."""
    new = deepcopy(content)
    taken = {*PAGE_ANCHORS, *(s["anchor"] for s in new["sections"] if s["variant"] == variant)}
    section = {
        "variant": variant,
        "anchor": anchor_make(title, taken),
        "title": title,
        "level": 2,
        "kind": kind,
        "source": "",
        "path": {"title": title, "steps": [_step(1)]} if kind == SectionKind.PATH else None,
    }
    new["sections"].append(section)
    new["sections"] = in_order(new["sections"])
    return new, key_of(section)


def section_moved(content: Content, key: Key, *, up: bool) -> Content:
    """The content with a section one place higher or lower among those of its variant."""
    new = deepcopy(content)
    of_variant = [s for s in new["sections"] if s["variant"] == key[0]]
    others = [s for s in new["sections"] if s["variant"] != key[0]]
    _shift(of_variant, _index(of_variant, key), up)
    new["sections"] = in_order(others + of_variant)
    return new


def section_removed(content: Content, key: Key) -> Content:
    new = deepcopy(content)
    new["sections"] = [s for s in new["sections"] if key_of(s) != key]
    return new


def section_put(content: Content, section: Mapping[str, Any], *, after: Key | None) -> Content:
    """The content with a whole section, in its place if it is there, else behind another."""
    new, key = deepcopy(content), key_of(section)
    own = _section_own(deepcopy(dict(section)))
    for place, present in enumerate(new["sections"]):
        if key_of(present) == key:
            new["sections"][place] = own
            return new
    keys = [key_of(present) for present in new["sections"]]
    if after in keys:
        new["sections"].insert(keys.index(after) + 1, own)
    else:
        new["sections"].insert(0, own)
    new["sections"] = in_order(new["sections"])
    return new


def step_added(content: Content, key: Key) -> tuple[Content, int]:
    """The content with one more step at the end of a path, and its number."""
    new = deepcopy(content)
    steps = _steps(new, key)
    steps.append(_step(len(steps) + 1))
    return new, len(steps)


def step_moved(content: Content, key: Key, number: int, *, up: bool) -> Content:
    new = deepcopy(content)
    steps = _steps(new, key)
    _shift(steps, _step_index(steps, number), up)
    _number(steps)
    return new


def step_removed(content: Content, key: Key, number: int) -> Content:
    new = deepcopy(content)
    steps = _steps(new, key)
    del steps[_step_index(steps, number)]
    _number(steps)
    return new


def in_order(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The text of the sheet, then its easy-to-read version: the order of a snapshot."""
    return sorted(sections, key=lambda section: section["variant"] != Variant.STANDARD)


def _step(number: int) -> dict[str, Any]:
    return {
        "number": number,
        "title": f"Étape {number}",
        "partner_label": PARTNER,
        "professional_label": PROFESSIONAL,
        "source": dict.fromkeys(_LANES, ""),
    }


def _steps(content: Content, key: Key) -> list[dict[str, Any]]:
    section = section_at(content, key)
    if section is None or not section["path"]:
        raise gone()
    return section["path"]["steps"]


def _step_index(steps: list[dict[str, Any]], number: int) -> int:
    for place, step in enumerate(steps):
        if step["number"] == number:
            return place
    raise gone()


def _index(sections: list[dict[str, Any]], key: Key) -> int:
    for place, section in enumerate(sections):
        if key_of(section) == key:
            return place
    raise gone()


def gone() -> ValidationError:
    """What a hand finds that comes after somebody took the passage away."""
    return ValidationError(
        "Ce passage n’est plus dans le texte : quelqu’un l’a retiré ou déplacé."
        " Rien d’autre n’a changé.",
        code="gone",
    )


def _shift(rows: list[dict[str, Any]], place: int, up: bool) -> None:
    other = place - 1 if up else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]


def _number(steps: list[dict[str, Any]]) -> None:
    for number, step in enumerate(steps, start=1):
        step["number"] = number
