"""Reading the documents: what each rule of the content gives, and what it refuses where."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from cops.content.reading import Item, Reading
from resources.enums import Kind
from resources.services.loading.lexicon import references_read, terms_read
from resources.services.loading.meetings import arguments_read, quizzes_read
from resources.services.loading.resources import DRAFT_NOTICE, resources_read

FOLDER = Path(settings.ROOT) / "resources/content"

HEAD = """---
slug: fiche
title: "Agir ! en test"
kind: agir
domain: etp
audience: ["tous publics"]
summary: "Un résumé."
---
"""
STEP = """
**Patient :** vous dites.

**Soignant :** vous écoutez.

- Agir.
"""


@pytest.fixture(scope="module")
def documents() -> dict[str, Item]:
    reading = Reading(root=Path(settings.ROOT))
    items = resources_read(FOLDER, reading)
    assert reading.faults == []
    return {item.slug: item for item in items}


def read(tmp_path: Path, body: str, head: str = HEAD) -> tuple[Item | None, list[str]]:
    """One document alone, with the table of audiences of the repository."""
    (tmp_path / "resources").mkdir(parents=True)
    table = (FOLDER / "audiences.yaml").read_text(encoding="utf-8")
    (tmp_path / "audiences.yaml").write_text(table, encoding="utf-8")
    (tmp_path / "resources/fiche.md").write_text(head + body, encoding="utf-8")
    reading = Reading(root=tmp_path)
    items = resources_read(tmp_path, reading)
    name = "resources/fiche.md, "
    return (items[0] if items else None), [str(f).removeprefix(name) for f in reading.faults]


def paths(item: Item) -> list[tuple[str, str, int]]:
    """(title of the section, title of the path, number of steps)."""
    return [
        (row["title"], row["path"]["title"], len(row["path"]["steps"]))
        for row in item.data["sections"]
        if row["path"]
    ]


# --- the fourteen documents


def test_the_fourteen_documents_are_read(documents):
    assert len(documents) == 14
    for item in documents.values():
        assert item.data["audience_codes"]
        assert item.data["topics"]
        assert all(row["source_html"] or row["level"] == 2 or row["path"]
                   for row in item.data["sections"])  # fmt: skip


def test_the_practice_paths_are_those_of_the_sheets(documents):
    own = "Pas à pas"
    found = {
        slug: paths(item) for slug, item in documents.items() if item.data["kind"] == Kind.AGIR
    }
    assert found == {
        "agir-soins-cliniques-et-educatifs": [
            (title, title, steps)
            for title, steps in (
                ("Soins cliniques : un projet de soin ou un projet de service", 5),
                ("Soins éducatifs : un programme d’éducation thérapeutique (ETP)", 4),
            )
        ],
        "agir-groupe-de-travail": [
            (own, "Agir ! pour le partenariat dans un groupe de travail", 4)
        ],
        "agir-formation-des-professionnels": [
            (own, "Agir ! pour le partenariat dans la formation des professionnels", 5)
        ],
        "agir-management-en-etablissement": [
            (own, "Agir ! pour le partenariat dans le management d’un établissement", 4)
        ],
        "agir-relation-individuelle-de-soin": [
            (own, "Agir ! pour le partenariat dans la relation individuelle de soin", 4)
        ],
    }


def test_the_labels_of_the_lanes_are_kept(documents):
    labels = {
        (step["partner_label"], step["professional_label"])
        for row in documents["agir-management-en-etablissement"].data["sections"]
        if row["path"]
        for step in row["path"]["steps"]
    }
    assert labels == {("Usager partenaire ou représentant des usagers", "Direction et équipes")}


def test_a_working_version_is_published_with_its_notice(documents):
    drafts = {slug for slug, item in documents.items() if item.data["notice"]}
    assert drafts == {
        "agir-formation-des-professionnels",
        "agir-management-en-etablissement",
        "agir-relation-individuelle-de-soin",
    }
    for slug in drafts:
        assert documents[slug].data["notice"] == DRAFT_NOTICE
        assert documents[slug].data["sections"][0]["title"] == "À propos de cette version"


@pytest.mark.parametrize(
    ("slug", "codes"),
    [
        ("usagers-partenaires-avenir-du-soin", ["tous"]),
        (
            "sengager-dans-le-partenariat",
            ["tous", "patients", "proches", "professionnels", "directions"],
        ),
        ("agir-formation-des-professionnels", ["patients", "proches", "formateurs", "directions"]),
        ("mission-7-representation-des-usagers", ["representants", "professionnels"]),
        (
            "mission-4-formation-des-professionnels",
            ["patients", "proches", "representants", "professionnels", "formateurs"],
        ),
    ],
)
def test_audience_codes(documents, slug, codes):
    assert documents[slug].data["audience_codes"] == codes


def test_the_lists_are_read():
    reading = Reading(root=Path(settings.ROOT))
    assert len(references_read(FOLDER, reading)) == 34
    terms = terms_read(FOLDER, reading)
    assert len(terms) == 107
    assert {term.data["category"] for term in terms} == {
        "demarches", "acteurs", "savoirs", "projets", "instances", "engagement"
    }  # fmt: skip
    (quiz,) = quizzes_read(FOLDER, reading)
    assert len(quiz.data["statements"]) == 11
    (arguments,) = arguments_read(FOLDER, reading)
    assert [row["code"] for row in arguments.data["pitches"]] == [
        "direction",
        "professionnels",
        "patients-partenaires",
    ]
    assert reading.faults == []


# --- the rules, on a sheet of a few lines


def test_sections_follow_the_order_of_the_document(tmp_path):
    body = f"""
## L'enjeu

Un texte.

### Un détail

Suite.

## En pratique

Avant.

### Objectif

But.

### Premier chemin

#### Acteurs

Eux.

### 1. Dire
{STEP}
### 2. Faire
{STEP}
### Second chemin

#### Acteurs

Eux aussi.

### Encore un mot

Rien.

### 1. Refaire
{STEP}
## Pour finir

Fin.
"""
    item, faults = read(tmp_path, body)
    assert faults == []
    assert item is not None
    assert [(row["level"], row["kind"], row["title"]) for row in item.data["sections"]] == [
        (2, "text", "L’enjeu"),
        (2, "text", "En pratique"),
        (3, "text", "Objectif"),
        (3, "path", "Premier chemin"),
        (3, "path", "Second chemin"),
        (3, "text", "Encore un mot"),
        (2, "text", "Pour finir"),
    ]
    assert item.data["sections"][0]["source_html"] == (
        "<p>Un texte.</p><h3>Un détail</h3><p>Suite.</p>"
    )
    assert item.data["sections"][3]["source_html"] == "<h4>Acteurs</h4><p>Eux.</p>"
    assert paths(item) == [
        ("Premier chemin", "Premier chemin", 2),
        ("Second chemin", "Second chemin", 1),
    ]
    assert item.data["sections"][3]["path"]["steps"][1] == {
        "number": 2,
        "title": "Faire",
        "partner_label": "Patient",
        "partner_html": "<p>Vous dites.</p>",
        "professional_label": "Soignant",
        "professional_html": "<p>Vous écoutez.</p>",
        "actions_html": "<ul><li>Agir.</li></ul>",
    }


def test_numbered_titles_elsewhere_are_plain(tmp_path):
    item, faults = read(tmp_path, "\n## Ailleurs\n\n### 1. Un\n\nTexte.\n")
    assert faults == []
    assert item is not None
    assert item.data["sections"][0]["source_html"] == "<h3>1. Un</h3><p>Texte.</p>"


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        ("", ["ligne 9 : le document n’a pas de texte."]),
        ("\nTexte.\n\n## A\n", ["ligne 10 : un texte précède le premier titre « ## »."]),
        ("\n# A\n", ["ligne 10 : les titres ont deux, trois ou quatre dièses."]),
        ("\n## A\n\n#### B\n", ["ligne 12 : ce titre saute un niveau (« B »)."]),
        ("\n## A\n\nUn **gras\n", ["ligne 12 : un passage en gras n’est pas fermé."]),
        ("\n## A\n\n<b>x</b>\n", ["ligne 12 : les balises HTML ne sont pas admises."]),
        (
            "\n## A\n\nun\n[x](javascript:alert)\n",
            ["ligne 13 : un lien est mal écrit, ou son adresse n’est pas admise."],
        ),
        ("\n## A\n\n![x](/x.png)\n", ["ligne 12 : une image n’a pas sa place ici."]),
        ("\n## A\n\n```\nx\n```\n", ["ligne 12 : un bloc de code n’a pas sa place ici."]),
        (
            "\n## A\n\n- un\n- deux `x`\n",
            ["ligne 13 : les accents graves (code) n’ont pas leur place ici."],
        ),
        (
            "\n## En pratique\n\n### 1. Un\n\nTexte.\n",
            [
                "ligne 12 : l’étape 1 compte deux paragraphes « **qui :** … » puis une liste"
                " d’actions."
            ],
        ),
        (
            f"\n## En pratique\n\n### 1. Un\n{STEP}\n### 3. Trois\n{STEP}",
            ["ligne 20 : l’étape 3 ne suit pas l’étape 2."],
        ),
        (
            f"\n## En pratique\n\n### 2. Deux\n{STEP}",
            ["ligne 12 : l’étape 2 ne suit pas l’étape 1."],
        ),
        (
            f"\n## En pratique\n\n### 1. Un\n{STEP.replace('**Soignant :**', 'Soignant :')}",
            ["ligne 16 : ce paragraphe commence par « **qui :** »."],
        ),
        (
            f"\n## En pratique\n\n### 1. Un\n{STEP}\n#### Plus\n\nTexte.\n",
            ["ligne 20 : une étape ne contient pas de titre."],
        ),
    ],
)
def test_a_document_that_does_not_fit(tmp_path, body, faults):
    assert read(tmp_path, body)[1] == faults


@pytest.mark.parametrize(
    ("before", "after", "faults"),
    [
        (
            "slug: fiche",
            "slug: autre",
            ["ligne 2 : l’adresse « autre » n’est pas le nom du fichier."],
        ),
        ("kind: agir", "kind: roman", None),
        ("domain: etp", "domain: lune", None),
        (
            'audience: ["tous publics"]',
            'audience: ["martiens"]',
            [
                "ligne 2 : aucun public reconnu : complétez resources/content/audiences.yaml.",
            ],
        ),
        ('title: "Agir ! en test"', 'title: "Agir ! en test', None),
        (
            "domain: etp",
            "domain: etp\nrelated: [fiche]",
            ["ligne 2 : un document n’est pas lié à lui-même."],
        ),
    ],
)
def test_a_front_matter_that_does_not_fit(tmp_path, before, after, faults):
    found = read(tmp_path, "\n## A\n\nTexte.\n", HEAD.replace(before, after))[1]
    if faults is None:
        assert len(found) == 1
        assert found[0].startswith("ligne ")
    else:
        assert found == faults
