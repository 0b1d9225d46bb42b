"""Every error of the API, as JSON in French: ``{"status": 404, "message": "…"}``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.response import Response

from cops.formats import NBSP
from cops.http.answers import wait_fr

MESSAGES = {
    400: "Cette demande n’est pas lisible.",
    403: "Cette adresse ne vous est pas ouverte.",
    404: "Cette adresse ne mène à rien, ou à plus rien. La documentation les dit toutes.",
    405: f"Cette interface se lit seulement{NBSP}: GET, HEAD et OPTIONS.",
    413: "Ce que vous envoyez est trop volumineux.",
    414: "Cette adresse est trop longue.",
    422: "Une valeur de la demande n’a pas la forme attendue.",
    429: "Trop de demandes en peu de temps.",
    500: "Une erreur s’est produite sur le portail. Réessayez dans un moment.",
    503: "Le portail est indisponible pour le moment. Réessayez dans une minute.",
}


class BadRequest(exceptions.APIException):
    """400, with the words that say what to change."""

    status_code = 400


def body(status: int, message: str = "") -> dict[str, Any]:
    return {"status": status, "message": message or MESSAGES.get(status, MESSAGES[400])}


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's ``EXCEPTION_HANDLER``; None lets Django answer, as for any page."""
    if isinstance(error, BadRequest):
        return Response(body(400, str(error.detail)), status=400)
    if isinstance(error, exceptions.Throttled):
        seconds = int(error.wait or 1)
        words = f"{MESSAGES[429]} Réessayez dans {wait_fr(seconds)}."
        return Response(body(429, words), status=429, headers={"Retry-After": str(seconds)})
    if isinstance(error, Http404):
        return Response(body(404, str(error)), status=404)
    if isinstance(error, PermissionDenied):
        return Response(body(403), status=403)
    if isinstance(error, exceptions.APIException):
        return Response(body(error.status_code), status=error.status_code)
    return None
