"""The shape of a grid: what its content holds, and what the wheel, the roles and questions need.

The files of the starting content and the admin's form are both read by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cops.content.schema import (
    Schema,
    choice,
    flag,
    number,
    pointer,
    pointers,
    records,
    slug,
    text,
    texts,
)
from resources.models.fields import RESERVED_SLUGS
from selfassess.enums import TOGETHER
from selfassess.instrument import AXIS_CODES
from selfassess.models.grids import TAKEN_ADDRESSES

PER_AXIS = 3
QUESTIONS = 2
LEVELS = 5
BASIS = choice(["editorial"])

CRITERION: Schema = {
    "code": text(max_length=10, required=True),
    "label": text(max_length=300, required=True),
    "adapted": flag(),
    "help": text(max_length=300, required=True),
    "example": text(max_length=400, required=True),
    "falc": text(max_length=300, required=True),
    "questions": texts(max_length=300),
}
IDEA: Schema = {
    "title": text(max_length=80, required=True),
    "text": text(max_length=300, required=True),
}
AXIS: Schema = {
    "code": choice(AXIS_CODES, required=True),
    "label": text(max_length=60, required=True),
    "colour": choice(["bleu", "vert", "orange", "violet"], required=True),
    "help": text(max_length=300, required=True),
    "sheets": pointers("resources.resource"),
    "ideas": records(IDEA),
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
    "title": text(max_length=200),
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
            "help": text(max_length=300),
            "example": text(max_length=400),
            "falc": text(max_length=300),
            "questions": texts(max_length=300),
        }
    ),
    # Its ideas, when it has some, take the place of all those of the grid.
    "axes": records(
        {
            "code": choice(AXIS_CODES, required=True),
            "help": text(max_length=300),
            "ideas": records(IDEA),
        }
    ),
}
GRID: Schema = {
    "slug": slug(reserved=RESERVED_SLUGS | TAKEN_ADDRESSES),
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
OF_THE_VERSION = (
    "basis", "intro", "intro_falc", "roles", "instructions", "scale", "axes", "wordings",
)  # fmt: skip


def content_faults(content: dict[str, Any]) -> Iterator[str]:
    """What the wheel, the roles and the questions need, in French; nothing when all is well."""
    axes = content["axes"]
    if tuple(axis["code"] for axis in axes) != AXIS_CODES:
        yield f"les quatre axes sont attendus dans cet ordre : {', '.join(AXIS_CODES)}."
    codes = [criterion["code"] for axis in axes for criterion in axis["criteria"]]
    if len(codes) != len(set(codes)) or any(len(axis["criteria"]) != PER_AXIS for axis in axes):
        yield "trois critères par axe sont attendus, chacun avec son propre code."
    for axis in axes:
        if not axis["ideas"]:
            yield f"{axis['label']} : une idée d’atelier au moins est attendue."
        for criterion in axis["criteria"]:
            if len(criterion["questions"]) != QUESTIONS:
                yield f"{criterion['code']} : deux questions sont attendues."
    if [level["value"] for level in content["scale"]] != list(range(LEVELS)):
        yield "l’échelle va de 0 à 4, dans cet ordre."
    roles = [role["code"] for role in content["roles"]]
    if TOGETHER not in roles or len(roles) < 3:
        yield f"deux rôles et « {TOGETHER} » sont attendus."
    if len(set(roles)) != len(roles):
        yield "deux rôles portent le même code."
    for wording in content["wordings"]:
        for row in wording["criteria"]:
            if row["code"] not in codes:
                yield f"{wording['code']} : le critère « {row['code']} » est inconnu."
            elif len(row["questions"]) not in (0, QUESTIONS):
                where = f"{wording['code']}, {row['code']}"
                yield f"{where} : deux questions sont attendues, ou aucune."
