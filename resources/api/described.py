"""Each operation of the library's API in words: parameters, answers, examples."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from cops.api.described import BAD_REQUEST, NOT_FOUND, PAGING, TOO_MANY, parameter
from cops.formats import NBSP
from resources.api import examples, serializers
from resources.enums import TermCategory
from resources.filters import FACETS
from resources.reading.listing import Sort

_RESOURCES, _EXPERIENCES, _TERMS = "Ressources", "Expériences", "Lexique"


def _facet(name: str) -> OpenApiParameter:
    facet = FACETS[name]
    words = " ".join(f"`{code}`{NBSP}: {label}." for code, label in facet.labels.items())
    hint = f" {facet.hint}" if facet.hint else ""
    return parameter(
        name,
        f"{facet.legend}. Plusieurs valeurs{NBSP}: l’une suffit.{hint} {words}",
        enum=list(facet.labels),
        many=True,
    )


_Q = parameter(
    "q",
    "Des mots, comme dans la recherche du portail. Le lexique les élargit, les fautes de frappe"
    " sont pardonnées.",
)
_SORT = parameter(
    "tri",
    f"`recent`{NBSP}: les plus récentes. `titre`{NBSP}: de A à Z. `pertinence`, le choix par"
    f" défaut avec `q`{NBSP}: les plus proches de la recherche.",
    enum=list(Sort.values),
)


def _list(
    tag: str, summary: str, words: str, shape: Any, example: Any, parameters: list[OpenApiParameter]
) -> dict[str, Any]:
    return {
        "tags": [tag],
        "summary": summary,
        "description": words,
        "parameters": [*parameters, *PAGING],
        "responses": {200: shape, 400: BAD_REQUEST, 429: TOO_MANY},
        "examples": [example],
    }


def _one(tag: str, summary: str, words: str, shape: Any, example: Any) -> dict[str, Any]:
    return {
        "tags": [tag],
        "summary": summary,
        "description": words,
        "responses": {
            200: shape,
            301: OpenApiResponse(description="Le document a changé d’adresse."),
            404: NOT_FOUND,
            429: TOO_MANY,
        },
        "examples": [example],
    }


def _example(name: str, value: dict[str, Any]) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200"])


RESOURCES = _list(
    _RESOURCES,
    "Les ressources publiées",
    "Fiches, missions, guides, outils, expériences. Entre deux filtres, les deux comptent.",
    serializers.ResourceList,
    _example("Une page de la liste", examples.RESOURCES),
    [_Q, *(_facet(name) for name in FACETS), _SORT],
) | {"operation_id": "resources"}
EXPERIENCES = _list(
    _EXPERIENCES,
    "Les expériences remarquables",
    "Les ressources du type «\u00a0expérience remarquable\u00a0», avec les mêmes filtres.",
    serializers.ResourceList,
    _example("Une page de la liste", examples.EXPERIENCES),
    [_Q, *(_facet(name) for name in FACETS if name != "genre"), _SORT],
) | {"operation_id": "experiences"}
RESOURCE = _one(
    _RESOURCES,
    "Une ressource entière",
    "Tout ce que dit sa page : sections, parcours, mots du lexique, références, version facile à"
    " lire, PDF.",
    serializers.Resource,
    _example("Une fiche « Agir ! »", examples.RESOURCE),
) | {"operation_id": "resource"}
EXPERIENCE = _one(
    _EXPERIENCES,
    "Une expérience entière",
    "Comme une ressource.",
    serializers.Resource,
    _example("Une expérience", examples.EXPERIENCE),
) | {"operation_id": "experience"}
TERMS = _list(
    _TERMS,
    "Les mots du lexique",
    "De A à Z, chacun avec sa définition et sa définition facile à lire.",
    serializers.TermList,
    _example("Une page du lexique", examples.TERMS),
    [
        _Q,
        parameter(
            "categorie",
            "Plusieurs valeurs\u00a0: l’une suffit. "
            + " ".join(f"`{code}`{NBSP}: {label}." for code, label in TermCategory.choices),
            enum=list(TermCategory.values),
            many=True,
        ),
    ],
) | {"operation_id": "terms"}
TERM = _one(
    _TERMS,
    "Un mot du lexique",
    "Sa définition, les mots voisins et les sources.",
    serializers.Term,
    _example("Patient partenaire", examples.TERM),
) | {"operation_id": "term"}
