"""The table that turns words for a public into the codes of the facet."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cops.audiences import Audience
from cops.content.reading import Reading
from cops.content.schema import choices, curly
from resources.enums import Kind


@dataclass
class AudienceTable:
    """``codes(…)`` gives the codes of a document, in the order of the facet."""

    kinds: dict[str, list[str]] = field(default_factory=dict)
    words: dict[str, list[str]] = field(default_factory=dict)

    def codes(self, data: dict[str, Any]) -> list[str]:
        found: set[str] = set(self.kinds.get(data["kind"], []))
        for words in [*data["audience"], *data["partner_profiles"]]:
            found.update(self.words.get(words, []))
        return [code for code in Audience.values if code in found]


def audiences_read(folder: Path, reading: Reading) -> AudienceTable:
    sheet = reading.sheet(folder / "audiences.yaml")
    table = AudienceTable()
    document = sheet.yaml()
    if document is None:
        return table
    if not isinstance(document.value, dict):
        sheet.fault(document.line, "deux champs sont attendus : « kinds » et « words ».")
        return table
    codes = choices(Audience.values)
    for name, entries in document.value.items():
        target = {"kinds": table.kinds, "words": table.words}.get(name)
        if target is None or not isinstance(entries.value, dict):
            sheet.fault(entries.line, f"le champ « {name} » est inconnu ou mal rempli.")
            continue
        for words, value in entries.value.items():
            if name == "kinds" and words not in Kind.values:
                sheet.fault(value.line, f"le type « {words} » est inconnu.")
            target[curly(words)] = codes.parse(value, sheet)
    return table
