"""Files as they come: encodings, front matters, control characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from cops.content.reading import Reading


def sheet(tmp_path: Path, raw: bytes):
    path = tmp_path / "fiche.md"
    path.write_bytes(raw)
    reading = Reading(root=tmp_path)
    return reading.sheet(path), reading.faults


def test_front_matter_gives_the_line_of_the_body(tmp_path):
    found, faults = sheet(tmp_path, b"---\nslug: a\n---\n\n## Titre\n")
    head, body, line = found.front_matter()
    assert faults == []
    assert head.value["slug"].line == 2
    assert (body, line) == ("\n## Titre\n", 4)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            b"## Titre\n",
            "fiche.md, ligne 1 : le fichier commence par un en-tête entre deux lignes « --- ».",
        ),
        (
            b"---\nslug: a\n",
            "fiche.md, ligne 1 : l’en-tête n’est pas fermé par une ligne « --- ».",
        ),
        (b"---\n---\ntexte\n", "fiche.md, ligne 1 : en-tête vide."),
        (
            "---\nslug: a\nélan: b\n---\n".encode("latin-1"),
            "fiche.md, ligne 3 : caractère illisible : le fichier n’est pas en UTF-8.",
        ),
        (
            b"---\nslug: a\n---\ntexte\x00\n",
            "fiche.md, ligne 4 : caractère de contrôle invisible à retirer.",
        ),
    ],
)
def test_front_matter_says_what_is_wrong(raw, message, tmp_path):
    found, faults = sheet(tmp_path, raw)
    assert found.front_matter()[0] is None
    assert [str(fault) for fault in faults] == [message]


def test_text_of_an_absent_file_is_a_fault(tmp_path):
    reading = Reading(root=tmp_path)
    assert reading.sheet(tmp_path / "rien.yaml").text() is None
    assert [str(fault) for fault in reading.faults] == [
        "rien.yaml, ligne 1 : fichier introuvable ou illisible."
    ]
