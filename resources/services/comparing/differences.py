"""The differences of two contents, as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from resources.enums import Variant
from resources.services.comparing.blocks import Block
from resources.services.comparing.units import Unit, field_units, section_units
from resources.services.comparing.words import added, likeness, marked, removed
from resources.services.contents import key_of

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"
# Two paragraphs that share less than that are not one paragraph rewritten.
ALIKE = 0.35
FIELDS_KEY = "fields"


@dataclass(frozen=True)
class Row:
    """One paragraph: in the old text, in the new one, or in both."""

    index: int
    op: str
    old: Block | None
    new: Block | None
    old_html: SafeString
    new_html: SafeString
    # The words are the same: a link, bold or the kind of paragraph changed.
    only_form: bool = False


@dataclass
class UnitChange:
    """A field, a title, a text or a lane, and its paragraphs."""

    key: str
    label: str
    old: Unit | None
    new: Unit | None
    rows: list[Row]

    @property
    def whole(self) -> bool:
        return bool((self.new or self.old) and (self.new or self.old).whole)  # type: ignore[union-attr]

    @property
    def changed(self) -> bool:
        return any(row.op != SAME for row in self.rows)


@dataclass
class Group:
    """The main fields, or one section."""

    key: str
    title: str
    op: str
    units: list[UnitChange] = field(default_factory=list)
    moved: bool = False
    variant: str = ""

    @property
    def changed_units(self) -> list[UnitChange]:
        return [unit for unit in self.units if unit.changed]


def compare(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Group]:
    """Every group that differs, in the order of the new content; a section gone stands last."""
    groups = [_group(FIELDS_KEY, "Présentation", field_units(old), field_units(new))]
    before = {key_of(section): section for section in old["sections"]}
    after = {key_of(section): section for section in new["sections"]}
    moved = _moved([key for key in before if key in after], [key for key in after if key in before])
    for key, section in after.items():
        past = before.get(key)
        group = _group(
            _group_key(key),
            section["title"],
            section_units(past) if past else [],
            section_units(section),
            op=CHANGED if past else ADDED,
            variant=key[0],
        )
        group.moved = key in moved
        groups.append(group)
    for key, section in before.items():
        if key not in after:
            groups.append(
                _group(
                    _group_key(key),
                    section["title"],
                    section_units(section),
                    [],
                    op=REMOVED,
                    variant=key[0],
                )
            )
    return [g for g in groups if g.op in (ADDED, REMOVED) or g.moved or g.changed_units]


def compare_units(old: Sequence[Unit], new: Sequence[Unit]) -> list[UnitChange]:
    """Two lists of units, paired by their place."""
    before = {unit.key: unit for unit in old}
    after = {unit.key: unit for unit in new}
    keys = [*after, *(key for key in before if key not in after)]
    return [_unit(key, before.get(key), after.get(key)) for key in keys]


def _group(
    key: str,
    title: str,
    old: Sequence[Unit],
    new: Sequence[Unit],
    *,
    op: str = CHANGED,
    variant: str = "",
) -> Group:
    return Group(key, title, op, compare_units(old, new), variant=variant)


def _group_key(key: tuple[str, str]) -> str:
    return f"section:{key[0]}:{key[1]}"


def _moved(before: list[Any], after: list[Any]) -> set[Any]:
    """What changed place among those that stayed: what is outside the longest common order."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    still = {
        before[match.a + offset]
        for match in matcher.get_matching_blocks()
        for offset in range(match.size)
    }
    return set(after) - still


def _unit(key: str, old: Unit | None, new: Unit | None) -> UnitChange:
    label = (new or old).label  # type: ignore[union-attr]
    before = old.blocks if old else ()
    after = new.blocks if new else ()
    rows = _rows(before, after)
    return UnitChange(key, label, old, new, rows)


def _rows(before: Sequence[Block], after: Sequence[Block]) -> list[Row]:
    pairs: list[tuple[Block | None, Block | None]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for op, i1, i2, j1, j2 in matcher.get_opcodes():
        if op == "equal":
            pairs += zip(before[i1:i2], after[j1:j2], strict=True)
        else:
            pairs += _paired(before[i1:i2], after[j1:j2])
    return [_row(index, old, new) for index, (old, new) in enumerate(pairs)]


def _paired(
    before: Sequence[Block], after: Sequence[Block]
) -> list[tuple[Block | None, Block | None]]:
    """In order, each paragraph with the one it became; the others alone."""
    pairs: list[tuple[Block | None, Block | None]] = []
    rest = list(before)
    for block in after:
        likes = [likeness(old.words, block.words) for old in rest]
        best = max(range(len(rest)), key=likes.__getitem__, default=None)
        lonely = len(before) == len(after) == 1
        if best is None or (likes[best] < ALIKE and not lonely):
            pairs.append((None, block))
            continue
        pairs += [(old, None) for old in rest[:best]]
        pairs.append((rest[best], block))
        rest = rest[best + 1 :]
    return pairs + [(old, None) for old in rest]


def _row(index: int, old: Block | None, new: Block | None) -> Row:
    if old is not None and new is not None:
        if old == new:
            same = _shown(new.words)
            return Row(index, SAME, old, new, same, same)
        left, right = marked(old.words, new.words)
        return Row(index, CHANGED, old, new, left, right, only_form=old.words == new.words)
    if old is not None:
        return Row(index, REMOVED, old, None, removed(old.words), _shown(""))
    assert new is not None  # noqa: S101 - a pair has at least one side
    return Row(index, ADDED, None, new, _shown(""), added(new.words))


def _shown(text: str) -> SafeString:
    return mark_safe(escape(text))  # noqa: S308 - escaped


def falc(group: Group) -> bool:
    return group.variant == Variant.FALC
