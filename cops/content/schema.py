"""The fields a mapping of the content may hold, and what each one accepts.

``record(located, SCHEMA, sheet)`` gives a plain dictionary in which every field
of the schema is present, and notes a fault for each thing that does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cops.content.located import Located
from cops.content.reading import Sheet

SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_STRAIGHT = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")

Parse = Callable[[Located, Sheet], Any]
Schema = Mapping[str, "Field"]


@dataclass(frozen=True)
class Field:
    """How a value is read; ``empty`` is what an absent or null field gives.

    ``kind`` names the function that made it, ``longest`` is of a text, or of each one of a list,
    ``rows`` is the schema of each record: so that a form can be made of a schema.
    """

    parse: Parse
    required: bool = False
    empty: Any = None
    kind: str = ""
    longest: int | None = None
    rows: Schema | None = None


def curly(text: str) -> str:
    """Straight apostrophes between letters made typographic."""
    return _STRAIGHT.sub("’", text)


def record(located: Located, schema: Schema, sheet: Sheet) -> dict[str, Any]:
    """The mapping as a plain dictionary; unknown and missing fields are faults."""
    if not isinstance(located.value, dict):
        sheet.fault(located.line, "des champs « nom: valeur » sont attendus ici.")
        return {name: _empty(field) for name, field in schema.items()}
    for name, value in located.value.items():
        if name not in schema:
            sheet.fault(value.line, f"le champ « {name} » est inconnu.")
    result: dict[str, Any] = {}
    for name, field in schema.items():
        value = located.value.get(name)
        if value is None or value.value is None:
            if field.required:
                line = value.line if value else located.line
                sheet.fault(line, f"le champ « {name} » est obligatoire.")
            result[name] = _empty(field)
        else:
            result[name] = field.parse(value, sheet)
    return result


def rows(located: Located | None, schema: Schema, sheet: Sheet) -> list[tuple[dict[str, Any], int]]:
    """A list of mappings, each with its line."""
    if located is None:
        return []
    if not isinstance(located.value, list):
        sheet.fault(located.line, "une liste est attendue ici.")
        return []
    return [(record(row, schema, sheet), row.line) for row in located.value]


def text(*, max_length: int = 20_000, required: bool = False) -> Field:
    def parse(located: Located, sheet: Sheet) -> str:
        return _sentence(located, sheet, max_length, required=required)

    return Field(parse, required=required, empty="", kind="text", longest=max_length)


def texts(*, max_length: int = 500) -> Field:
    def parse(located: Located, sheet: Sheet) -> list[str]:
        return [_sentence(item, sheet, max_length, required=True) for item in _list(located, sheet)]

    return Field(parse, empty=[], kind="texts", longest=max_length)


def slug(*, max_length: int = 80, reserved: Iterable[str] = (), required: bool = True) -> Field:
    """The stable key of an object."""

    def parse(located: Located, sheet: Sheet) -> str:
        value = _slug(located, sheet, max_length)
        if value in reserved:
            sheet.fault(located.line, f"« {value} » est un mot réservé aux adresses du portail.")
        return value

    return Field(parse, required=required, empty="")


def pointer(source: str) -> Field:
    """The slug of an object of another source, which must exist."""

    def parse(located: Located, sheet: Sheet) -> str:
        value = _slug(located, sheet)
        if value:
            sheet.points_to(source, value, located.line)
        return value

    return Field(parse, empty="")


def pointers(source: str | None) -> Field:
    """Several slugs; with None, of objects that later content brings: their shape alone is read."""

    def parse(located: Located, sheet: Sheet) -> list[str]:
        found: list[str] = []
        for item in _list(located, sheet):
            value = _slug(item, sheet)
            if not value or value in found:
                if value:
                    sheet.fault(item.line, f"« {value} » est cité deux fois.")
                continue
            found.append(value)
            if source:
                sheet.points_to(source, value, item.line)
        return found

    return Field(parse, empty=[], kind="pointers")


def choice(codes: Iterable[str], *, required: bool = False) -> Field:
    known = list(codes)

    def parse(located: Located, sheet: Sheet) -> str:
        if located.value not in known:
            sheet.fault(
                located.line,
                f"« {located.value} » n’est pas admis ; au choix : {', '.join(known)}.",
            )
            return known[0]
        return str(located.value)

    return Field(parse, required=required, empty="", kind="choice")


def choices(codes: Iterable[str]) -> Field:
    """Several codes, in the order of the closed list: as the admin's boxes give them back."""
    known = list(codes)
    one = choice(known)

    def parse(located: Located, sheet: Sheet) -> list[str]:
        found = {one.parse(item, sheet) for item in _list(located, sheet)}
        return [code for code in known if code in found]

    return Field(parse, empty=[])


def flag() -> Field:
    def parse(located: Located, sheet: Sheet) -> bool:
        if not isinstance(located.value, bool):
            sheet.fault(located.line, "true ou false est attendu.")
        return bool(located.value)

    return Field(parse, empty=False, kind="flag")


def number(*, largest: int = 32_767) -> Field:
    def parse(located: Located, sheet: Sheet) -> int | None:
        value = located.value
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= largest:
            sheet.fault(located.line, f"un nombre entier de 0 à {largest} est attendu.")
            return None
        return value

    return Field(parse)


def day() -> Field:
    """A date, kept as its ISO form."""

    def parse(located: Located, sheet: Sheet) -> str | None:
        value = located.value
        try:
            parsed = value if isinstance(value, date) else date.fromisoformat(str(value))
        except ValueError:
            sheet.fault(located.line, "une date AAAA-MM-JJ est attendue.")
            return None
        return parsed.isoformat()[:10]

    return Field(parse)


def records(schema: Schema) -> Field:
    """A list of small mappings."""

    def parse(located: Located, sheet: Sheet) -> list[dict[str, Any]]:
        return [row for row, _ in rows(located, schema, sheet)]

    return Field(parse, empty=[], kind="records", rows=schema)


def figures() -> Field:
    """Free names, each with a number, a word or a date."""

    def parse(located: Located, sheet: Sheet) -> dict[str, Any]:
        if not isinstance(located.value, dict):
            sheet.fault(located.line, "des champs « nom: valeur » sont attendus ici.")
            return {}
        found: dict[str, Any] = {}
        for name, value in located.value.items():
            if isinstance(value.value, (dict, list)):
                sheet.fault(value.line, f"« {name} » : un nombre ou un mot est attendu.")
                continue
            plain = value.value
            found[name] = plain if isinstance(plain, (int, float, bool)) else curly(str(plain))
        return found

    return Field(parse, empty={})


def _empty(field: Field) -> Any:
    return field.empty.copy() if isinstance(field.empty, (list, dict)) else field.empty


def _list(located: Located, sheet: Sheet) -> list[Located]:
    if not isinstance(located.value, list):
        sheet.fault(located.line, "une liste est attendue ici.")
        return []
    return list(located.value)


def _sentence(located: Located, sheet: Sheet, max_length: int, *, required: bool) -> str:
    if not isinstance(located.value, str):
        sheet.fault(located.line, "un texte est attendu ; mettez-le entre guillemets.")
        return ""
    value = curly(located.value.strip())
    if required and not value:
        sheet.fault(located.line, "ce texte est vide.")
    if len(value) > max_length:
        sheet.fault(located.line, f"texte trop long : {len(value)} signes, {max_length} au plus.")
    return value


def _slug(located: Located, sheet: Sheet, max_length: int = 80) -> str:
    value = located.value
    if not isinstance(value, str) or len(value) > max_length or not SLUG.match(value):
        sheet.fault(
            located.line,
            f"« {value} » n’est pas une adresse : lettres sans accent, chiffres et tirets,"
            f" {max_length} signes au plus.",
        )
        return ""
    return value
