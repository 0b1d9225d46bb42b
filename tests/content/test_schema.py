"""What each field accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from cops.content import schema
from cops.content.reading import Reading
from cops.content.schema import Field, record


def read(text: str, fields: dict[str, Field], tmp_path: Path):
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    reading = Reading(root=tmp_path)
    sheet = reading.sheet(path)
    located = sheet.yaml()
    data = record(located, fields, sheet) if located else None
    return data, [str(fault) for fault in reading.faults]


def test_record_gives_every_field_of_the_schema(tmp_path):
    fields = {"a": schema.text(), "b": schema.texts(), "c": schema.flag(), "d": schema.number()}
    assert read("a: x\n", fields, tmp_path) == ({"a": "x", "b": [], "c": False, "d": None}, [])


def test_record_names_unknown_and_missing_fields(tmp_path):
    fields = {"slug": schema.slug(), "titre": schema.text(required=True)}
    _, faults = read("slug: x\ntritre: y\n", fields, tmp_path)
    assert faults == [
        "a.yaml, ligne 2 : le champ « tritre » est inconnu.",
        "a.yaml, ligne 1 : le champ « titre » est obligatoire.",
    ]


def test_record_makes_apostrophes_typographic_between_letters(tmp_path):
    data, _ = read("a: \"l'aidant 'dit' d'accord, 5' plus tard\"\n", {"a": schema.text()}, tmp_path)
    assert data == {"a": "l’aidant 'dit' d’accord, 5' plus tard"}


@pytest.mark.parametrize(
    ("text", "field", "message"),
    [
        ("a: 12", schema.text(), "un texte est attendu ; mettez-le entre guillemets."),
        ("a: abcd", schema.text(max_length=3), "texte trop long : 4 signes, 3 au plus."),
        ("a: x", schema.texts(), "une liste est attendue ici."),
        ('a: ["x", ""]', schema.texts(), "ce texte est vide."),
        (
            "a: Pas Un Slug",
            schema.slug(),
            "« Pas Un Slug » n’est pas une adresse : lettres sans accent, chiffres et tirets,"
            " 80 signes au plus.",
        ),
        (
            "a: nouveau",
            schema.slug(reserved=["nouveau"]),
            "« nouveau » est un mot réservé aux adresses du portail.",
        ),
        ("a: z", schema.choice(["x", "y"]), "« z » n’est pas admis ; au choix : x, y."),
        ("a: oui", schema.flag(), "true ou false est attendu."),
        ("a: -1", schema.number(), "un nombre entier de 0 à 32767 est attendu."),
        ("a: true", schema.number(), "un nombre entier de 0 à 32767 est attendu."),
        ("a: demain", schema.day(), "une date AAAA-MM-JJ est attendue."),
        ("a: [x, x]", schema.pointers(None), "« x » est cité deux fois."),
        ("a: [1]", schema.figures(), "des champs « nom: valeur » sont attendus ici."),
    ],
)
def test_record_says_what_does_not_fit(text, field, message, tmp_path):
    _, faults = read(text + "\n", {"a": field}, tmp_path)
    assert faults == [f"a.yaml, ligne 1 : {message}"]


def test_choices_follow_the_order_of_the_closed_list(tmp_path):
    data, faults = read("a: [z, x]\n", {"a": schema.choices(["x", "y", "z"])}, tmp_path)
    assert (data, faults) == ({"a": ["x", "z"]}, [])
