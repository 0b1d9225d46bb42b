"""The operations about grids in words: parameters, answers, examples."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample

from cops.api.described import BAD_REQUEST, NOT_FOUND, PAGING, TOO_MANY
from selfassess.api import examples, serializers

_TAG = "Grilles d’auto-évaluation"


def _example(name: str, value: dict[str, Any]) -> OpenApiExample:
    return OpenApiExample(name, value=value, response_only=True, status_codes=["200"])


GRIDS: dict[str, Any] = {
    "operation_id": "grids",
    "tags": [_TAG],
    "summary": "Les grilles d’auto-évaluation",
    "description": "Les instruments seuls. Les auto-évaluations que des personnes en font ne sont"
    " pas, et ne seront jamais, dans cette interface.",
    "parameters": list(PAGING),
    "responses": {200: serializers.GridList, 400: BAD_REQUEST, 429: TOO_MANY},
    "examples": [_example("Les grilles", examples.GRIDS)],
}
GRID: dict[str, Any] = {
    "operation_id": "grid",
    "tags": [_TAG],
    "summary": "Une grille entière",
    "description": "Les axes, les critères avec leur aide, leur exemple et leur version facile à"
    " lire, l’échelle, les rôles, les questions pour parler d’un écart, les feuilles à imprimer.",
    "responses": {200: serializers.Grid, 404: NOT_FOUND, 429: TOO_MANY},
    "examples": [_example("Une grille", examples.GRID)],
}
