"""The quiz and the arguments: what a group uses in a meeting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cops.content.reading import Item, Reading, Sheet
from cops.content.schema import (
    Schema,
    choice,
    choices,
    pointer,
    pointers,
    record,
    records,
    slug,
    text,
    texts,
)
from resources.enums import QuizAnswer
from resources.models.fields import RESERVED_SLUGS

STATEMENT = {
    "code": slug(max_length=60),
    "statement": text(required=True),
    "answer": choice(QuizAnswer.values, required=True),
    "explanation": text(required=True),
    "lexicon": pointers("resources.term"),
    "resource": pointer("resources.resource"),
}
QUIZ = {
    "slug": slug(reserved=RESERVED_SLUGS),
    "title": text(max_length=200, required=True),
    "kind": choice(["quiz"]),
    "intro": text(required=True),
    "usage": text(),
    "origin": text(max_length=300),
    "event": slug(required=False),
    "answers": choices(QuizAnswer.values),
    "statements": records(STATEMENT),
}
ARGUMENT = {
    "code": slug(max_length=60),
    "audience": text(max_length=60, required=True),
    "label": text(max_length=120, required=True),
    "situation": text(required=True),
    "reformulation": text(required=True),
    "solution": texts(),
    "benefits": texts(),
    "personal_value": texts(),
    "examples": texts(),
    "engaging_question": texts(),
    "vigilance": texts(),
    "editorial": texts(),
    "resource": pointer("resources.resource"),
}
ARGUMENTS = {
    "slug": slug(reserved=RESERVED_SLUGS),
    "title": text(max_length=200, required=True),
    "kind": choice(["pitches"]),
    "intro": text(required=True),
    "origin": text(max_length=300),
    "event": slug(required=False),
    "editorial_note": text(),
    "common_situation": text(),
    "common_vigilance": text(),
    "method": texts(),
    "pitches": records(ARGUMENT),
}


def quizzes_read(folder: Path, reading: Reading) -> list[Item]:
    items = []
    for path in sorted((folder / "quiz").glob("*.yaml")):
        item = _read(reading.sheet(path), QUIZ, rows="statements")
        if item is None:
            continue
        allowed = item.data.pop("answers")
        sheet = reading.sheet(path)
        for statement in item.data["statements"]:
            if allowed and statement["answer"] not in allowed:
                sheet.fault(item.line, f"{statement['code']} : réponse hors de « answers ».")
        items.append(item)
    return items


def arguments_read(folder: Path, reading: Reading) -> list[Item]:
    item = _read(reading.sheet(folder / "pitches.yaml"), ARGUMENTS, rows="pitches")
    return [item] if item else []


def _read(sheet: Sheet, schema: Schema, *, rows: str) -> Item | None:
    document = sheet.yaml()
    if document is None:
        return None
    data = record(document, schema, sheet)
    data.pop("kind")
    codes: list[Any] = [row["code"] for row in data[rows]]
    for code in sorted({code for code in codes if code and codes.count(code) > 1}):
        sheet.fault(document.line, f"« {code} » est donné deux fois.")
    if not codes:
        sheet.fault(document.line, f"« {rows} » est vide.")
    return Item(data["slug"], sheet.name, document.line, data)
