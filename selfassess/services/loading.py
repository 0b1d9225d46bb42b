"""The grids of the starting content: read, checked, loaded by slug."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cops.content.reading import Item, Reading, Sheet
from cops.content.schema import (
    Schema,
    choice,
    flag,
    number,
    pointer,
    pointers,
    record,
    records,
    slug,
    text,
    texts,
)
from cops.content.sources import Lookup
from resources.models.fields import RESERVED_SLUGS
from selfassess.enums import TOGETHER
from selfassess.models import Grid
from selfassess.services.grids import grid_archive, grid_index, version_write

AXES = ("co-expression", "co-construction", "co-decision", "co-mise-en-oeuvre")
PER_AXIS = 3
LEVELS = 5
BASIS = choice(["editorial"])

CRITERION: Schema = {
    "code": text(max_length=10, required=True),
    "label": text(max_length=300, required=True),
    "adapted": flag(),
    "help": text(max_length=600, required=True),
    "falc": text(max_length=300, required=True),
    "questions": texts(max_length=300),
}
AXIS: Schema = {
    "code": choice(AXES, required=True),
    "label": text(max_length=60, required=True),
    "colour": choice(["bleu", "vert", "orange", "violet"], required=True),
    "help": text(max_length=300, required=True),
    "sheets": pointers("resources.resource"),
    "criteria": records(CRITERION),
}
ROLE: Schema = {
    "code": slug(max_length=40),
    "label": text(max_length=120, required=True),
    "description": text(max_length=400, required=True),
}
MOMENT: Schema = {
    "step": number(largest=3),
    "role": slug(max_length=40),
    "title": text(max_length=120, required=True),
    "text": text(max_length=800, required=True),
    "falc": text(max_length=300, required=True),
}
LEVEL: Schema = {
    "value": number(largest=4),
    "label": text(max_length=60, required=True),
    "help": text(max_length=200, required=True),
    "falc": text(max_length=120, required=True),
}
# The other wordings say again only what differs.
SAID: Schema = {
    "code": slug(max_length=40),
    "label": text(max_length=120, required=True),
    "basis": BASIS,
    "intro": text(max_length=1_200),
    "intro_falc": text(max_length=600),
    "roles": records(
        {
            "code": slug(max_length=40),
            "label": text(max_length=120),
            "description": text(max_length=400),
        }
    ),
    "instructions": records(
        {
            "step": number(largest=3),
            "title": text(max_length=120),
            "text": text(max_length=800),
            "falc": text(max_length=300),
        }
    ),
    "criteria": records(
        {
            "code": text(max_length=10, required=True),
            "label": text(max_length=300),
            "help": text(max_length=600),
            "falc": text(max_length=300),
        }
    ),
}
GRID: Schema = {
    "slug": slug(reserved=RESERVED_SLUGS),
    "title": text(max_length=200, required=True),
    "instrument": text(max_length=200),
    "sheet": pointer("resources.resource"),
    "adapted": flag(),
    "adapted_from": slug(required=False),
    "source": pointer("resources.reference"),
    "basis": BASIS,
    "intro": text(max_length=1_200, required=True),
    "intro_falc": text(max_length=600, required=True),
    "roles": records(ROLE),
    "instructions": records(MOMENT),
    "scale": records(LEVEL),
    "axes": records(AXIS),
    "wordings": records(SAID),
}
OF_THE_GRID = ("title", "instrument", "sheet", "adapted")
OF_THE_VERSION = ("intro", "intro_falc", "roles", "instructions", "scale", "axes", "wordings")


def grids_read(folder: Path, reading: Reading) -> list[Item]:
    items = []
    for path in sorted(folder.glob("*.yaml")):
        sheet = reading.sheet(path)
        document = sheet.yaml()
        if document is None:
            continue
        data = record(document, GRID, sheet)
        _check(data, document.line, sheet)
        items.append(Item(data["slug"], sheet.name, document.line, data))
    return items


def _check(data: dict[str, Any], line: int, sheet: Sheet) -> None:
    """What the wheel, the roles and the questions need."""
    if tuple(axis["code"] for axis in data["axes"]) != AXES:
        sheet.fault(line, f"les quatre axes sont attendus dans cet ordre : {', '.join(AXES)}.")
    codes = [criterion["code"] for axis in data["axes"] for criterion in axis["criteria"]]
    if len(codes) != len(set(codes)) or any(
        len(axis["criteria"]) != PER_AXIS for axis in data["axes"]
    ):
        sheet.fault(line, "trois critères par axe sont attendus, chacun avec son propre code.")
    for axis in data["axes"]:
        for criterion in axis["criteria"]:
            if len(criterion["questions"]) != 2:
                sheet.fault(line, f"{criterion['code']} : deux questions sont attendues.")
    if [level["value"] for level in data["scale"]] != list(range(LEVELS)):
        sheet.fault(line, "l’échelle va de 0 à 4, dans cet ordre.")
    roles = {role["code"] for role in data["roles"]}
    if TOGETHER not in roles or len(roles) < 3:
        sheet.fault(line, f"deux rôles et « {TOGETHER} » sont attendus.")
    for wording in data["wordings"]:
        for row in wording["criteria"]:
            if row["code"] not in codes:
                sheet.fault(line, f"{wording['code']} : le critère « {row['code']} » est inconnu.")


def grids_save(items: list[Item], lookup: Lookup) -> dict[str, int]:
    found = {}
    for item in items:
        pk = lookup("selfassess.grid", item.slug) or 0
        grid = Grid.objects.filter(pk=pk).first() or Grid(slug=item.slug)
        for name in OF_THE_GRID:
            setattr(grid, name, item.data[name])
        grid.archived_at = None
        grid.save()
        version_write(grid=grid, content={name: item.data[name] for name in OF_THE_VERSION})
        grid_index(grid=grid)
        found[item.slug] = grid.pk
    return found


def grids_state(pks: Iterable[int]) -> dict[int, Any]:
    state = {}
    for grid in Grid.objects.filter(pk__in=list(pks)).prefetch_related("versions"):
        last = max(grid.versions.all(), key=lambda version: version.number, default=None)
        state[grid.pk] = {
            **{name: getattr(grid, name) for name in OF_THE_GRID},
            "archived": grid.archived_at is not None,
            "content": last.content if last else None,
        }
    return state


def grids_find(slugs: Iterable[str]) -> dict[str, int]:
    return dict(Grid.objects.filter(slug__in=list(slugs)).values_list("slug", "pk"))


def grids_archive(pks: list[int]) -> None:
    for grid in Grid.objects.filter(pk__in=pks):
        grid_archive(grid=grid)
