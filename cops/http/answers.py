"""Pages that need nothing: no database, no session, no context processor.

They are shown when something is missing, so they may not depend on it. If even
the template or the static manifest is missing, a few plain words remain.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger("cops.http")

RETRY_AFTER_SECONDS = 30

_WORDS = {
    400: "Cette demande n’est pas lisible par le site.",
    403: "Cette page ne vous est pas ouverte.",
    404: "Cette page n’existe pas, ou plus.",
    405: "Cette adresse ne reçoit pas ce qui lui est envoyé.",
    413: "Ce que vous envoyez est trop volumineux.",
    414: "Cette adresse ou cette recherche est trop longue.",
    422: "Ce que vous envoyez n’a pas la forme attendue.",
    429: "Trop d’envois en peu de temps. Réessayez dans quelques minutes.",
    500: "Une erreur s’est produite sur le site. Réessayez dans un moment.",
    503: "Le site est indisponible pour le moment. Réessayez dans une minute.",
}
_UNITS = ((3600, "heure"), (60, "minute"), (1, "seconde"))
_FALLBACK = (
    '<!doctype html><html lang="fr"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width"><title>{words}</title>'
    '<main><h1>{words}</h1><p><a href="/">Aller à l’accueil</a></p></main></html>'
)


def bare_page(template: str, *, status: int, **words: str) -> HttpResponse:
    """``template`` with the site's names and ``words``; falls back to one plain sentence."""
    try:
        content: str = render_to_string(
            template, {"site": settings.SITE, "demonstration": settings.DEMONSTRATION, **words}
        )
    except Exception:
        # The last page of all: whatever is wrong with the template, the visitor gets words.
        logger.exception("the page %s cannot be made", template)
        content = _FALLBACK.format(words=_WORDS[status])
    response = HttpResponse(content, status=status)
    response["Cache-Control"] = "no-store"
    return response


def unavailable(template: str = "503.html") -> HttpResponse:
    """503 with ``Retry-After``; ``maintenance.html`` when the stop is wanted."""
    response = bare_page(template, status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def unreadable() -> HttpResponse:
    return bare_page("400.html", status=400)


def too_long() -> HttpResponse:
    return bare_page("414.html", status=414)


def too_large() -> HttpResponse:
    return bare_page("413.html", status=413)


def unprocessable() -> HttpResponse:
    return bare_page("422.html", status=422)


def foreign_form() -> HttpResponse:
    """403 for a form that was not sent by a page of ours."""
    return bare_page("foreign.html", status=403)


def too_many(seconds: int) -> HttpResponse:
    """429 that says how long to wait."""
    response = bare_page("429.html", status=429, wait=wait_fr(seconds))
    response["Retry-After"] = str(seconds)
    return response


def wait_fr(seconds: int) -> str:
    """« 20 secondes », « 3 minutes », « 5 heures »: rounded up, so that it is enough."""
    size, name = next((size, name) for size, name in _UNITS if seconds > size or size == 1)
    count = max(1, -(-seconds // size))
    return f"{count}\u00a0{name}{'s' if count > 1 else ''}"
