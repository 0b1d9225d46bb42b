"""Answers shown in the description of the API, each of the shape it illustrates."""

from __future__ import annotations

from typing import Any

_SITE = "https://partenariat-en-sante.org"
_LICENCE = {
    "name": "",
    "url": f"{_SITE}/mentions-legales/",
    "notice": "La licence de réutilisation n’est pas encore arrêtée par le COPS.",
}


def _urls(area: str, part: str, slug: str) -> dict[str, str]:
    return {"url": f"{_SITE}/{area}/{slug}/", "api_url": f"{_SITE}/api/v1/{part}/{slug}/"}


def _card(slug: str, title: str, kind: tuple[str, str], **more: Any) -> dict[str, Any]:
    return {
        "slug": slug,
        "kind": {"code": kind[0], "label": kind[1]},
        "number": None,
        "title": title,
        "subtitle": "",
        "summary": "Ce que chacun fait, à chaque étape, pour que le soin se décide à deux.",
        "topics": [{"code": "soins-cliniques", "label": "Soins cliniques"}],
        "audience": ["Équipes de soin", "Patients partenaires"],
        "audiences": [{"code": "professionnels", "label": "Professionnels"}],
        "dimension": {"code": "individuel", "label": "Dimension individuelle"},
        "departments": [],
        "modalities": [],
        "published_at": "2026-11-01T08:00:00Z",
        "reviewed_on": None,
        "review_by": "2027-11-01",
        "version": 2,
        "has_falc": True,
        **_urls("ressources", "resources", slug),
        "pdf": {"url": f"{_SITE}/ressources/{slug}.pdf", "pages": 4, "size": 104_827},
        **more,
    }


_TERM_LINK = {
    "slug": "patient-partenaire",
    "term": "patient partenaire",
    **_urls("lexique", "terms", "patient-partenaire"),
}
_REFERENCE = {
    "type": "article",
    "authors": ["Pomey, M.-P.", "Flora, L."],
    "year": 2015,
    "title": "Le « Montreal model » : enjeux du partenariat relationnel",
    "journal": "Santé publique",
    "publisher": "",
    "details": "Volume 27, pages 41-50.",
    "url": "",
    "citation_html": "Pomey, M.-P., Flora, L. « Le “Montreal model” ». <cite>Santé publique</cite>,"
    " 2015.",
}
_SECTION = {
    "anchor": "le-parcours",
    "title": "Le parcours",
    "level": 2,
    "html": "<p>Deux voies qui se rejoignent.</p>",
    "path": {
        "title": "Préparer la consultation",
        "steps": [
            {
                "number": 1,
                "title": "Se connaître",
                "partner": {"label": "La personne", "html": "<p>Dit ce qui compte pour elle.</p>"},
                "professional": {"label": "L’équipe", "html": "<p>Dit ce qu’elle peut.</p>"},
                "together_html": "<p>Écrire ce que l’on attend l’un de l’autre.</p>",
            }
        ],
    },
}


def _whole(card: dict[str, Any]) -> dict[str, Any]:
    slug = card["slug"]
    page = f"{_SITE}/ressources/{slug}"
    return {
        **card,
        "updated_at": "2026-11-10T09:30:00Z",
        "licence": _LICENCE,
        "notice": "",
        "working_group": "Groupe « soins cliniques »",
        "contributors": [],
        "publishers": ["COPS Occitanie"],
        "methodology": "",
        "facts": [],
        "mission": None,
        "sections": [_SECTION],
        "falc": {
            "reviewed_on": None,
            "url": f"{page}/falc/",
            "pdf": {"url": f"{page}/falc.pdf", "pages": None, "size": None},
            "sections": [{**_SECTION, "path": None}],
        },
        "large_print": {"url": f"{page}/grand.pdf", "pages": 7, "size": 121_300},
        "terms": [_TERM_LINK],
        "references": [_REFERENCE],
        "related": [
            {
                "slug": "agir-recherche",
                "title": "Agir ! pour le partenariat dans la recherche",
                "kind": {"code": "agir", "label": "Fiche « Agir ! »"},
                **_urls("ressources", "resources", "agir-recherche"),
            }
        ],
        "parts": [],
        "attachments": [],
        "media": [],
    }


_AGIR = _card(
    "agir-soins-cliniques-et-educatifs",
    "Agir ! pour le partenariat dans les soins cliniques et éducatifs",
    ("agir", "Fiche « Agir ! »"),
)
_EXPERIENCE = _card(
    "un-binome-a-la-consultation",
    "Un binôme à la consultation d’annonce",
    ("experience", "Expérience remarquable"),
    has_falc=False,
)
_TERM = {
    "slug": "patient-partenaire",
    "term": "patient partenaire",
    "acronym": "",
    "category": {"code": "acteurs", "label": "Acteurs"},
    "definition": "Personne qui met son savoir expérientiel au service d’autres.",
    "falc": "Une personne malade qui aide d’autres personnes.",
    "falc_reviewed_on": None,
    "synonyms": ["patient ressource"],
    "preferred": True,
    "instead_of": ["patient expert"],
    **_urls("lexique", "terms", "patient-partenaire"),
}


def _list(result: dict[str, Any], part: str) -> dict[str, Any]:
    return {
        "next": f"{_SITE}/api/v1/{part}/?curseur=eyJ…",
        "notices": [],
        "licence": _LICENCE,
        "results": [result],
    }


RESOURCES = _list(_AGIR, "resources")
RESOURCE = _whole(_AGIR)
EXPERIENCES = _list(_EXPERIENCE, "experiences")
EXPERIENCE = {**_whole(_EXPERIENCE), "falc": None}
TERMS = _list(_TERM, "terms")
TERM = {**_TERM, "licence": _LICENCE, "see_also": [], "sources": [_REFERENCE]}
