"""What every app's operations describe alike: paging, errors."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from cops.api import errors
from cops.api.pagination import CURSOR_NAME, SIZE, SIZE_AT_MOST, SIZE_NAME


class Error(serializers.Serializer):
    """Every error has these two."""

    status = serializers.IntegerField()
    message = serializers.CharField(help_text="Ce qui ne va pas et que faire, en français.")


def parameter(
    name: str, words: str, *, enum: list[str] | None = None, many: bool = False, **more: Any
) -> OpenApiParameter:
    """A query name; with ``many`` it may be given several times."""
    return OpenApiParameter(name, OpenApiTypes.STR, description=words, enum=enum, many=many, **more)


def _error(status: int, words: str, message: str = "") -> OpenApiResponse:
    example = OpenApiExample(words, value=errors.body(status, message), status_codes=[str(status)])
    return OpenApiResponse(Error, description=words, examples=[example])


PAGING = [
    parameter(
        CURSOR_NAME,
        "Où continuer : tel que l’adresse `next` de la page précédente le donne. Un curseur ne se"
        " fabrique pas.",
    ),
    OpenApiParameter(
        SIZE_NAME,
        {"type": "integer", "minimum": 1, "maximum": SIZE_AT_MOST, "default": SIZE},
        description=f"Combien par page : {SIZE_AT_MOST} au plus, {SIZE} si rien n’est dit.",
    ),
]
BAD_REQUEST = _error(400, "Un curseur illisible")
NOT_FOUND = _error(404, "Rien à cette adresse")
TOO_MANY = _error(
    429,
    "Trop de demandes. `Retry-After` dit combien de secondes attendre",
    f"{errors.MESSAGES[429]} Réessayez dans 3\u00a0minutes.",
)
