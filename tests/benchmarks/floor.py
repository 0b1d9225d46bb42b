"""The floor of a cold page: the same SQL sent as text, and as many cards rendered from dicts.

Reached through the portal's own middleware, so that the two differ by the view alone.
"""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

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


urlpatterns = [path("plancher/<int:cards>/", same_sql), path("", include("cops.urls"))]
