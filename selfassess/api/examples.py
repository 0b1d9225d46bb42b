"""Answers shown in the description of the API, each of the shape it illustrates."""

from __future__ import annotations

from typing import Any

_SITE = "https://partenariat-en-sante.org"
_SLUG = "soins-cliniques-et-educatifs"
_LICENCE = {
    "name": "",
    "url": f"{_SITE}/mentions-legales/",
    "notice": "La licence de réutilisation n’est pas encore arrêtée par le COPS.",
}
_CARD: dict[str, Any] = {
    "slug": _SLUG,
    "title": "S’auto-évaluer : les soins cliniques et éducatifs",
    "instrument": "Baromètre de la relation du partenariat en santé",
    "intro": "Cette grille aide à regarder comment on collabore autour d’un projet de soin.",
    "version": 2,
    "made_at": "2026-11-10T09:30:00Z",
    "to_review": True,
    "sheet": "agir-soins-cliniques-et-educatifs",
    "url": f"{_SITE}/autoevaluation/{_SLUG}/",
    "api_url": f"{_SITE}/api/v1/grids/{_SLUG}/",
}
_SAID = {
    "code": "CE1",
    "label": "Solliciter et prendre en compte les points de vue de chacun",
    "help": "Aller chercher tous les avis et s’en servir.",
    "example": "Réunir quelques patients, puis modifier la lettre de liaison.",
    "falc": "On demande l’avis des malades, des proches et des soignants.",
    "questions": ["De qui n’avons-nous pas demandé l’avis ?"],
}
_AXIS: dict[str, Any] = {
    "code": "co-expression",
    "label": "Co-expression",
    "help": "Chacun peut parler, chacun est écouté, chacun comprend.",
    "ideas": [{"title": "Deux récits", "text": "Chacun raconte le même moment."}],
}
_WORDS = {
    "intro": _CARD["intro"],
    "intro_falc": "Cette grille sert à voir si vous travaillez bien ensemble.",
    "roles": [
        {
            "code": "partenaire",
            "label": "Patient partenaire ressource",
            "description": "Patient partenaire engagé dans le projet de soin.",
            "joins": True,
        }
    ],
    "moments": [
        {
            "role": "partenaire",
            "title": "Le patient partenaire ressource, de son côté",
            "text": "Notez ce que vous faites vraiment ensemble.",
            "falc": "Répondez seul.",
        }
    ],
}
GRIDS = {
    "next": None,
    "notices": [],
    "licence": _LICENCE,
    "results": [_CARD],
}
GRID = {
    **_CARD,
    "licence": _LICENCE,
    **_WORDS,
    "scale": [
        {
            "value": 4,
            "label": "Partenariat",
            "help": "L’action est menée ensemble, de bout en bout.",
            "falc": "On fait tout ensemble, à égalité.",
        }
    ],
    "axes": [
        {**_AXIS, "sheets": ["agir-soins-cliniques-et-educatifs"], "criteria": [_SAID]},
    ],
    "wordings": [
        {
            "code": "medico-social",
            "label": "Médico-social et social",
            "title": "S’auto-évaluer : l’accompagnement",
            **_WORDS,
            "axes": [_AXIS],
            "criteria": [_SAID],
        }
    ],
    "papers": [
        {
            "name": "partenaire",
            "label": "Feuille : Patient partenaire ressource",
            "url": f"{_SITE}/autoevaluation/{_SLUG}/partenaire.pdf",
        }
    ],
}
