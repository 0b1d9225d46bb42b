"""The floor of a cold page: the same SQL sent as text, and as many cards rendered from dicts;
that of a page of the API: the same rows by ``.values()``.

Reached through the portal's own middleware, so that the two differ by the view alone.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import include, path

from cops.api.pagination import SIZE_AT_MOST
from resources.api.rows import card_values
from resources.models import Resource

CARDS = engines["django"].from_string(
    "<ol>{% for card in cards %}<li>"
    '{% include "components/card.html" with card=card only %}'
    "</li>{% endfor %}</ol>"
)
STATEMENTS: list[str] = []
CARD = {
    "url": "/ressources/fiche/",
    "title": "Une fiche pour agir ensemble",
    "kind": "Fiche « Agir ! »",
    "summary": "Ce que chacun fait, à chaque étape d’un projet de soin. " * 3,
    "topics": ["Soins cliniques", "Éducation thérapeutique"],
    "falc": True,
}


@login_not_required
def same_sql(request: HttpRequest, cards: int) -> HttpResponse:
    with connection.cursor() as cursor:
        for sql in STATEMENTS:
            cursor.execute(sql)
            cursor.fetchall()
    return HttpResponse(CARDS.render({"cards": [CARD] * cards}))


@login_not_required
def same_rows(request: HttpRequest, page: int) -> JsonResponse:
    """One page of the API by ``.values()``, as it comes."""
    rows = Resource.objects.public().order_by("-published_at", "-pk")
    part = rows[page * SIZE_AT_MOST : (page + 1) * SIZE_AT_MOST]
    return JsonResponse({"results": list(card_values(part))})


urlpatterns = [
    path("plancher/<int:cards>/", same_sql),
    path("plancher/api/<int:page>/", same_rows),
    path("", include("cops.urls")),
]
