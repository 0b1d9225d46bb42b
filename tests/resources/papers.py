"""Snapshots for the tests of documents: every shape a sheet may have, true to the editor's HTML."""

from __future__ import annotations

from typing import Any

LONG_WORD = "anticonstitutionnellement" * 12
TERM = '<a class="term" href="/lexique/etp/" data-term="etp">ETP</a>'


def section(title: str, html: str, **fields: Any) -> dict[str, Any]:
    anchor = fields.pop("anchor", title.lower().replace(" ", "-").replace("’", "-"))
    return {
        "variant": "standard", "anchor": anchor, "title": title, "level": 2, "kind": "text",
        "source": html, "html": html, "path": None, **fields,
    }  # fmt: skip


def path(title: str, steps: int, words: str = "Vous dites ce que vous voyez.") -> dict[str, Any]:
    lanes = {
        "partner": f"<p>{words}</p>",
        "professional": f"<p>{words}</p>",
        "actions": f"<ul><li>Écouter {TERM}.</li><li>{words}</li></ul>",
    }
    return {
        "title": title,
        "steps": [
            {
                "number": n,
                "title": f"Étape {n} de {title}",
                "partner_label": "Patient partenaire ressource",
                "professional_label": "Professionnel partenaire",
                "source": lanes,
                "html": lanes,
            }
            for n in range(1, steps + 1)
        ],
    }


def falc_section() -> dict[str, Any]:
    return section("En bref", f"<p>Une idée.</p><p>Une autre idée : {TERM}.</p>", variant="falc")


def sheet(**fields: Any) -> dict[str, Any]:
    """An « Agir ! » sheet of two paths, with all that a sheet may hold."""
    return {
        "slug": "essai",
        "kind": "agir",
        "number": None,
        "title": "Agir ! pour l’essai",
        "subtitle": "Un sous-titre",
        "summary": "Un résumé.",
        "dimension": "collectif",
        "audience": ["patients partenaires", "soignants"],
        "notice": "Version de travail, à compléter par le COPS",
        "working_group": "Groupe « Essai »",
        "contributors": ["CHU de Nîmes"],
        "methodology": "Écrit à plusieurs.",
        "sections": [
            section("L’enjeu", f"<p>Un {TERM}, et <a href='#en-pratique'>la suite</a>.</p>"),
            section("Les mots", "<blockquote><p><strong>Les mots.</strong> Ici.</p></blockquote>"),
            section("Niveaux", _TABLE),
            section("En pratique", "<p>Deux chemins.</p>", anchor="en-pratique"),
            section("Soins", _GOAL, level=3, kind="path", path=path("Soins", 5)),
            section("Pas à pas", "", level=3, kind="path", path=path("Agir ! pour l’essai", 4)),
            section("Conseils", "<ol><li>Un<ul><li>Un bis</li></ul></li></ol>", level=3),
            falc_section(),
        ],
        "terms": [
            {
                "slug": "etp", "term": "Éducation thérapeutique", "acronym": "ETP",
                "definition": "Ce qui aide à vivre avec sa maladie.", "falc": "On apprend.",
            }
        ],
        "references": [
            {
                "key": "has-2020", "type": "rapport", "authors": ["HAS"], "year": 2020,
                "title": "Soutenir l’engagement", "journal": "", "publisher": "HAS", "details": "",
                "url": "https://www.has-sante.fr/engagement",
            }
        ],
        "relations": [
            {
                "role": "related", "slug": "autre", "title": "Une autre", "kind": "mission",
                "number": 2,
            }
        ],
        "falc_reviewed_on": None,
        **fields,
    }  # fmt: skip


def mission(**fields: Any) -> dict[str, Any]:
    """A mission sheet, its added value for four audiences."""
    four = "".join(f"<h3 id='v{n}'>Pour {n}</h3><ul><li>Gain {n}</li></ul>" for n in "ABCD")
    return sheet(
        kind="mission",
        number=2,
        title="Éducation Thérapeutique du Patient",
        action="Prendre part à un programme",
        partner_profiles=["Patient partenaire", "Proche-aidant"],
        places=["Hôpital"],
        modalities=["vacation", "benevolat"],
        training=[
            {"name": "40 heures", "required": True},
            {"name": "Animation", "required": False},
        ],
        sections=[
            section("Pourquoi", "<ul><li>Pour aider.</li></ul>"),
            section("Où", "<p>Partout.</p>"),
            section("La valeur ajoutée", four, anchor="la-valeur-ajoutee"),
            section("Sur le terrain", "<p>Un récit.</p>" * 30),
        ],
        **fields,
    )


def guide(**fields: Any) -> dict[str, Any]:
    """A guide and the sheets it gathers."""
    parts = [
        {
            "role": "part",
            "slug": f"mission-{n}",
            "title": f"Mission {n}",
            "kind": "mission",
            "number": n,
        }
        for n in range(1, 8)
    ]
    return sheet(kind="guide", title="Un guide", publishers=["COPS"], relations=parts, **fields)


def endless(**fields: Any) -> dict[str, Any]:
    """A sheet whose every text holds a word of 300 letters."""
    word = LONG_WORD
    return sheet(
        title=word[:200],
        subtitle=word,
        summary=word,
        audience=[word],
        contributors=[word],
        sections=[
            section(word[:100], f"<p>{word}</p><ul><li>{word}</li></ul>", anchor="a"),
            section("Tableau", _TABLE.replace("Nom", word).replace("Information", word)),
            section("Parcours", "", kind="path", path=path("Parcours", 2, word)),
        ],
        **fields,
    )


_GOAL = "<h4>Objectif</h4><p>Soigner.</p>"
_TABLE = (
    "<div class='table-scroll' role='region' tabindex='0'><table>"
    "<caption class='visually-hidden'>Niveaux</caption>"
    "<thead><tr><th scope='col'>Niveau</th><th scope='col'>Nom</th></tr></thead><tbody>"
    "<tr><td>0</td><td>Rien</td></tr><tr><td>1</td><td>Information</td></tr></tbody></table></div>"
)
