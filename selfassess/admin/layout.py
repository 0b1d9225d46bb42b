"""A grid's content laid out as the fields of a form, and read back from them.

The fields follow the schema of the content (selfassess.services.shape): what is added there can be
edited here. What tells one row from another (the code of a criterion, the level of the scale)
is no field, so that versions stay comparable.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from cops.content.schema import Field, Schema
from selfassess.admin import words
from selfassess.admin.aligned import EDITORIAL, PARTS, Content, Row, packed, rows_of
from selfassess.admin.fields import Choices, SentencesField, SheetsField, WordsField
from selfassess.enums import TOGETHER
from selfassess.services.shape import AXIS, CRITERION, GRID, IDEA, LEVEL, MOMENT, ROLE, SAID

Path = tuple[str | int, ...]
GENERAL = {name: GRID[name] for name in ("basis", "intro", "intro_falc")}
_OF_AXIS = {name: kind for name, kind in AXIS.items() if kind.rows is None}
_OF_WORDING = {name: kind for name, kind in SAID.items() if kind.rows is None}
_OF_SAID_AXIS = {
    name: kind for name, kind in (SAID["axes"].rows or {}).items() if kind.rows is None
}


@dataclass(frozen=True)
class Group:
    """One fieldset of the form."""

    title: str
    names: tuple[str, ...]
    help: str = ""
    folded: bool = True


@dataclass
class Layout:
    """The form of one aligned content: fields by name, fieldsets, where each value goes."""

    content: Content
    sheets: Choices
    # Of the grid, which a wording may say otherwise.
    title: str = ""
    fields: dict[str, forms.Field] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    places: dict[str, Path] = field(default_factory=dict)
    # Boxes to tick: the row that is left out, the criterion that is another question.
    removals: dict[str, Path] = field(default_factory=dict)
    renewals: dict[str, Path] = field(default_factory=dict)
    # Rows that are filled whole or not at all: the names of their fields.
    optional: list[tuple[str, ...]] = field(default_factory=list)

    def row(self, schema: Schema, path: Path, *, called: str = "", needed: bool = True,
            base: Mapping[str, Any] | None = None) -> list[str]:  # fmt: skip
        """The fields of the record at ``path``, each label begun by ``called``; their names.

        ``base`` is the row of the grid that an empty field leaves as it is.
        """
        names = []
        values = at(self.content, path)
        for key, kind in schema.items():
            made = self._field(key, kind, values[key], needed)
            if made is None:
                continue
            if called:
                made.label = f"{called} — {str(made.label)[0].lower()}{str(made.label)[1:]}"
            if base is not None and base.get(key):
                plain = base[key] if isinstance(base[key], str) else " ".join(base[key])
                made.help_text = f"{words.AS_SAID}« {plain} »"
            names.append(self.put((*path, key), made, values[key]))
        return names

    def put(self, path: Path, made: forms.Field, initial: Any) -> str:
        name = name_of(path)
        made.initial = initial
        self.fields[name], self.places[name] = made, path
        return name

    def box(
        self, boxes: dict[str, Path], path: Path, suffix: str, label: str, help: str = ""
    ) -> str:
        """A box to tick about a whole row."""
        name = f"{name_of(path)}-{suffix}"
        self.fields[name] = forms.BooleanField(required=False, label=label, help_text=help)
        boxes[name] = path
        return name

    def _field(self, key: str, kind: Field, value: Any, needed: bool) -> forms.Field | None:
        said: Any = {"label": words.LABELS.get(key, key), "help_text": words.HELP.get(key, "")}
        if key == "basis" or kind.kind == "flag":
            return forms.BooleanField(required=False, **said)
        if kind.kind == "text" and key != "code":
            return WordsField(
                longest=kind.longest or 300, required=kind.required and needed, **said
            )
        if kind.kind == "texts":
            return SentencesField(line_length=kind.longest or 300, rows=2, required=needed, **said)
        if kind.kind == "pointers":
            return SheetsField(choices=self.sheets, kept=value, **said)
        return None  # a code, a number: what tells this row from the others

    # --- the fieldsets

    def group(
        self, title: str, names: Iterable[str], help: str = "", *, folded: bool = True
    ) -> None:
        self.groups.append(Group(title, tuple(names), help, folded))

    def read(self, cleaned: Mapping[str, Any], *, taken: set[str]) -> Content:
        """The content that was typed, as it is kept; ``taken`` as ``packed`` needs it."""
        content = copy.deepcopy(self.content)
        for name, path in self.places.items():
            value = cleaned[name]
            if path[-1] == "basis":
                value = EDITORIAL if value else ""
            at(content, path[:-1])[path[-1]] = value
        ticked = [
            {id(at(content, path)) for name, path in boxes.items() if cleaned[name]}
            for boxes in (self.removals, self.renewals)
        ]
        return packed(content, removed=ticked[0], renewed=ticked[1], taken=taken)


def at(content: Any, path: Path) -> Any:
    """What stands there."""
    for part in path:
        content = content[part]
    return content


def name_of(path: Path) -> str:
    return "-".join(str(part) for part in path)


def lay_out(content: Content, sheets: Choices, title: str = "") -> Layout:
    """The form of an aligned content; ``title`` is that of the grid."""
    layout = Layout(content, sheets, title)
    layout.group("Introduction", layout.row(GENERAL, ()), folded=False)
    layout.group("Rôles", _roles(layout), "« Ensemble » nomme le moment commun.")
    layout.group("Les trois moments", _rows(layout, "instructions", MOMENT, "Moment {step}"))
    layout.group("L’échelle, de 0 à 4", _rows(layout, "scale", LEVEL, "Niveau {value}"))
    for rank, axis in enumerate(content["axes"]):
        _axis(layout, ("axes", rank), axis)
    *wordings, _new = content["wordings"]
    for rank, wording in enumerate(wordings):
        _wording(layout, ("wordings", rank), wording)
    made = WordsField(longest=SAID["label"].longest or 120, required=False,
                      label=words.NEW_WORDING, help_text=words.NEW_WORDING_HELP)  # fmt: skip
    layout.group(
        "Ajouter une façon de dire", [layout.put(("wordings", len(wordings), "label"), made, "")]
    )
    return layout


def _rows(layout: Layout, part: str, schema: Schema, called: str) -> Iterator[str]:
    for rank, row in enumerate(layout.content[part]):
        yield from layout.row(schema, (part, rank), called=called.format(**row))


def _roles(layout: Layout) -> Iterator[str]:
    needed = {TOGETHER, *(one["role"] for one in layout.content["instructions"])}
    for rank, role in enumerate(layout.content["roles"]):
        path = ("roles", rank)
        if not role["code"]:
            yield from _blank(layout, ROLE, path, "Un rôle de plus")
            continue
        yield from layout.row(ROLE, path, called=role["label"])
        if role["code"] not in needed:
            yield layout.box(layout.removals, path, "retirer", words.REMOVE_ROLE)


def _blank(layout: Layout, schema: Schema, path: Path, called: str) -> list[str]:
    names = layout.row(schema, path, called=called, needed=False)
    layout.optional.append(tuple(names))
    return names


def _axis(layout: Layout, path: Path, axis: Row) -> None:
    names = layout.row(_OF_AXIS, path)
    *ideas, _new = axis["ideas"]
    for rank, _ in enumerate(ideas):
        here = (*path, "ideas", rank)
        names += layout.row(IDEA, here, called=f"Idée d’atelier {rank + 1}")
        names.append(layout.box(layout.removals, here, "retirer", words.REMOVE_IDEA))
    names += _blank(layout, IDEA, (*path, "ideas", len(ideas)), "Une idée de plus")
    layout.group(f"Axe « {axis['label']} » : mots, fiches, idées d’atelier", names)
    for rank, criterion in enumerate(axis["criteria"]):
        here = (*path, "criteria", rank)
        renew = layout.row(CRITERION, here)
        renew.append(layout.box(layout.renewals, here, "autre", words.RENEW, words.RENEW_HELP))
        layout.group(f"{criterion['code']} — {criterion['label']}", renew)


def _wording(layout: Layout, path: Path, wording: Row) -> None:
    said = f"« {wording['label']} »"
    base = {**layout.content, "title": layout.title, "label": "", "basis": ""}
    names = layout.row(_OF_WORDING, path, base=base)
    names.append(layout.box(layout.removals, path, "retirer", words.REMOVE_WORDING))
    for part, _ in PARTS[:2]:
        names += _said(layout, (*path, part), part)
    layout.group(f"{said} : introduction, rôles, moments", names)
    layout.group(f"{said} : les critères", _said(layout, (*path, "criteria"), "criteria"))
    axes = []
    for rank, (plain, axis) in enumerate(zip(layout.content["axes"], wording["axes"], strict=True)):
        here = (*path, "axes", rank)
        axes += layout.row(_OF_SAID_AXIS, here, called=plain["label"], needed=False, base=plain)
        for number in range(len(axis["ideas"])):
            called = f"{plain['label']}, idée d’atelier {number + 1}"
            axes += _blank(layout, IDEA, (*here, "ideas", number), called)
    layout.group(f"{said} : les axes, les idées d’atelier", axes, words.OWN_IDEAS)


def _said(layout: Layout, path: Path, part: str) -> list[str]:
    """The rows of a wording, each beside what the grid says."""
    schema = SAID[part].rows or {}
    names = []
    for rank, base in enumerate(rows_of(layout.content, part)):
        called = base.get("label") if part == "roles" else base.get("code") or f"Moment {rank + 1}"
        names += layout.row(schema, (*path, rank), called=str(called), needed=False, base=base)
    return names
