"""The references and the lexicon: two YAML lists."""

from __future__ import annotations

from pathlib import Path

from cops.content.reading import Item, Reading
from cops.content.schema import (
    Schema,
    choice,
    day,
    flag,
    number,
    pointers,
    rows,
    slug,
    text,
    texts,
)
from resources.enums import Basis, TermCategory
from resources.models.fields import RESERVED_SLUGS

# The files write the accents of the word; the base keeps a code.
CATEGORIES = {"démarches": TermCategory.DEMARCHES.value} | {c: c for c in TermCategory.values}

REFERENCE = {
    "key": slug(),
    "type": text(max_length=60, required=True),
    "authors": texts(max_length=300),
    "year": number(largest=2100),
    "title": text(max_length=400, required=True),
    "journal": text(max_length=200),
    "publisher": text(max_length=200),
    "details": text(max_length=400),
    "url": text(max_length=400),
    "note": text(max_length=400),
}
TERM = {
    "slug": slug(reserved=RESERVED_SLUGS),
    "term": text(max_length=120, required=True),
    "acronym": text(max_length=20),
    "category": choice(CATEGORIES, required=True),
    "definition": text(required=True),
    "falc": text(),
    "falc_reviewed_on": day(),
    "synonyms": texts(max_length=120),
    "unmarked": texts(max_length=120),
    "preferred": flag(),
    "instead_of": texts(max_length=120),
    "see_also": pointers("resources.term"),
    "sources": pointers("resources.reference"),
    "basis": choice(Basis.values, required=True),
}


def references_read(folder: Path, reading: Reading) -> list[Item]:
    items = _items(folder / "references.yaml", reading, REFERENCE, key="key")
    sheet = reading.sheet(folder / "references.yaml")
    for item in items:
        url = item.data["url"]
        if url and not url.startswith(("https://", "http://")):
            sheet.fault(item.line, f"l’adresse « {url} » ne commence pas par https://.")
    return items


def terms_read(folder: Path, reading: Reading) -> list[Item]:
    items = _items(folder / "lexicon.yaml", reading, TERM, key="slug")
    sheet = reading.sheet(folder / "lexicon.yaml")
    for item in items:
        item.data["category"] = CATEGORIES.get(item.data["category"], "")
        if item.slug in item.data["see_also"]:
            sheet.fault(item.line, f"« {item.slug} » renvoie à lui-même.")
    return items


def _items(path: Path, reading: Reading, schema: Schema, *, key: str) -> list[Item]:
    sheet = reading.sheet(path)
    document = sheet.yaml()
    return [Item(data[key], sheet.name, line, data) for data, line in rows(document, schema, sheet)]
