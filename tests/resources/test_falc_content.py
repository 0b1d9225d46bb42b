"""The easy-to-read texts of the starting content: read with their document, never apart."""

from pathlib import Path

from cops.content.reading import Reading
from resources.services.loading.resources import resources_read

SHEET = """---
slug: {slug}
title: "Une fiche"
kind: repere
domain: transversal
audience_codes: [tous]
summary: "Un résumé."
---

## L’enjeu

Un texte.
"""
EASY = """---
slug: {slug}
---

## En bref

Une idée.\\
Une autre idée.
"""


def read(tmp_path: Path, easy: str):
    folder = tmp_path / "content"
    (folder / "resources" / "falc").mkdir(parents=True)
    (folder / "audiences.yaml").write_text("audiences: {}\nkinds: {}\n")
    (folder / "resources" / "une-fiche.md").write_text(SHEET.format(slug="une-fiche"))
    (folder / "resources" / "falc" / f"{easy}.md").write_text(EASY.format(slug=easy))
    reading = Reading(tmp_path)
    items = resources_read(folder, reading)
    faults = [fault for fault in reading.faults if "audiences" not in fault.file]
    return items, [(fault.file, fault.line) for fault in faults]


def test_easy_text_comes_with_its_document(tmp_path):
    (item,), faults = read(tmp_path, "une-fiche")
    assert faults == []
    assert [section["title"] for section in item.data["sections"]] == ["L’enjeu"]
    (easy,) = item.data["falc"]
    assert easy["title"] == "En bref"
    assert easy["source_html"].strip() == "<p>Une idée.<br> Une autre idée.</p>"


def test_easy_text_without_document_is_a_fault(tmp_path):
    (item,), faults = read(tmp_path, "une-autre")
    assert "falc" not in item.data
    assert faults == [("content/resources/falc/une-autre.md", 2)]
