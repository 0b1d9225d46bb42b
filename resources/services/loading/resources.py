"""The documents of the library: Markdown with a front matter, one file each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cops.audiences import Audience
from cops.content.reading import Item, Reading, Sheet
from cops.content.schema import (
    choice,
    choices,
    day,
    figures,
    flag,
    number,
    pointers,
    record,
    records,
    slug,
    text,
    texts,
)
from cops.territory import Department
from cops.topics import DOMAINS
from resources.enums import Dimension, Kind, Modality
from resources.models.fields import RESERVED_SLUGS
from resources.services.loading.audiences import AudienceTable, audiences_read
from resources.services.loading.markdown import Part, blocks_html, parts_read
from resources.services.loading.practice import practice_read

DRAFT_NOTICE = "Version de travail, à compléter par le COPS"
DRAFT_PREAMBLE = "À propos de cette version"
PRACTICE = "En pratique"

SCHEMA = {
    "slug": slug(reserved=RESERVED_SLUGS),
    "title": text(max_length=200, required=True),
    "subtitle": text(max_length=300),
    "number": number(),
    "kind": choice(Kind.values, required=True),
    "status": choice(["draft"]),
    "status_label": text(max_length=60),
    "dimension": choice(Dimension.values),
    "domain": choice(DOMAINS, required=True),
    "audience": texts(),
    "audience_codes": choices(Audience.values),
    "departments": choices(Department.values),
    "summary": text(max_length=600, required=True),
    "working_group": text(max_length=300),
    "contributors": texts(),
    "publishers": texts(),
    "methodology": text(),
    "facts": figures(),
    "reviewed_on": day(),
    "review_by": day(),
    "grids": pointers(None),
    "workshops": pointers(None),
    "action": text(),
    "partner_profiles": texts(),
    "settings": texts(),
    "modalities": choices(Modality.values),
    "training": records({"name": text(max_length=300, required=True), "required": flag()}),
    "regulation": text(),
    "skills": texts(),
    "lexicon": pointers("resources.term"),
    "references": pointers("resources.reference"),
    "related": pointers("resources.resource"),
    "missions": pointers("resources.resource"),
}

FALC_SCHEMA = {"slug": slug(reserved=RESERVED_SLUGS)}


def resources_read(folder: Path, reading: Reading) -> list[Item]:
    """Every ``resources/*.md`` of the folder, in the order of their names.

    ``resources/falc/<slug>.md`` is the easy-to-read version of the document of that name.
    """
    table = audiences_read(folder, reading)
    files = sorted((folder / "resources").glob("*.md"))
    found = [_read(reading.sheet(path), table) for path in files]
    items = [item for item in found if item is not None]
    by_slug = {item.slug: item for item in items}
    for path in sorted((folder / "resources" / "falc").glob("*.md")):
        _read_falc(reading.sheet(path), by_slug)
    return items


def _read_falc(sheet: Sheet, items: dict[str, Item]) -> None:
    head, body, first_line = sheet.front_matter()
    if head is None:
        return
    data = record(head, FALC_SCHEMA, sheet)
    if data["slug"] not in items or data["slug"] != sheet.path.stem:
        sheet.fault(head.line, f"l’adresse « {data['slug']} » n’est pas celle d’un document.")
        return
    parts = parts_read(body, sheet, first_line=first_line)
    sections = _sections(parts, {"kind": "", "status": ""}, sheet)
    if not sections:
        sheet.fault(first_line, "le document n’a pas de texte.")
    items[data["slug"]].data["falc"] = sections


def _read(sheet: Sheet, table: AudienceTable) -> Item | None:
    head, body, first_line = sheet.front_matter()
    if head is None:
        return None
    data = record(head, SCHEMA, sheet)
    if data["slug"] and data["slug"] != sheet.path.stem:
        sheet.fault(head.line, f"l’adresse « {data['slug']} » n’est pas le nom du fichier.")
    parts = parts_read(body, sheet, first_line=first_line)
    sections = _sections(parts, data, sheet)
    if not sections:
        sheet.fault(first_line, "le document n’a pas de texte.")
    return Item(data["slug"], sheet.name, head.line, _mapped(data, sections, sheet, table))


def _mapped(
    data: dict[str, Any], sections: list[dict[str, Any]], sheet: Sheet, table: AudienceTable
) -> dict[str, Any]:
    """The front matter in the words of the model."""
    mapped = dict(data)
    mapped["topics"] = [topic.value for topic in DOMAINS.get(mapped.pop("domain"), ())]
    mapped["places"] = mapped.pop("settings")
    label = mapped.pop("status_label")
    draft = mapped.pop("status") == "draft" or bool(label)
    mapped["notice"] = DRAFT_NOTICE if draft else ""
    if not mapped["audience_codes"]:
        mapped["audience_codes"] = table.codes(data)
        if not mapped["audience_codes"]:
            sheet.fault(2, "aucun public reconnu : complétez resources/content/audiences.yaml.")
    if mapped["slug"] in [*mapped["related"], *mapped["missions"]]:
        sheet.fault(2, "un document n’est pas lié à lui-même.")
    mapped["sections"] = sections
    return mapped


def _sections(parts: list[Part], data: dict[str, Any], sheet: Sheet) -> list[dict[str, Any]]:
    sections: list[dict[str, Any]] = []
    if parts[0].blocks:
        if not data["status"]:
            sheet.fault(parts[0].blocks[0].line, "un texte précède le premier titre « ## ».")
        sections.append(_section(DRAFT_PREAMBLE, blocks_html(parts[0].blocks)))
    at = 1
    while at < len(parts):
        head = parts[at]
        end = at + 1
        while end < len(parts) and parts[end].level > 2:
            end += 1
        inside = parts[at + 1 : end]
        section = _section(head.title, blocks_html(head.blocks))
        sections.append(section)
        if data["kind"] == Kind.AGIR and head.title.startswith(PRACTICE):
            sections += practice_read(inside, data["title"], sheet)
        else:
            section["source_html"] += "".join(_titled(part) for part in inside)
        at = end
    return sections


def _section(title: str, html: str) -> dict[str, Any]:
    return {"title": title, "level": 2, "kind": "text", "source_html": html, "path": None}


def _titled(part: Part) -> str:
    title = part.title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<h{part.level}>{title}</h{part.level}>{blocks_html(part.blocks)}"
