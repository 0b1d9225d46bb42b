"""Error pages speak French, help, and need no database."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from cops.pages.views import errors
from tests.pages.outline import Outline

TEMPLATES = [
    "400.html", "403.html", "404.html", "405.html", "413.html", "414.html", "422.html", "500.html",
    "503.html", "csrf.html", "foreign.html", "maintenance.html",
]  # fmt: skip
VIEWS = {
    errors.bad_request: 400,
    errors.forbidden: 403,
    errors.not_found: 404,
    errors.server_error: 500,
    errors.csrf_failure: 403,
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_an_error_page_is_made_of_nothing(name):
    """Without database (not marked for it), request or context processor."""
    html = render_to_string(name, {"site": {}, "demonstration": False})
    page = Outline(html)
    assert page.title.endswith(" — COPS")
    assert [page.count(tag) for tag in ("h1", "main")] == [1, 1]
    assert "canonical" not in html
    assert "mailto:" not in html
    assert "/" in page.links


@pytest.mark.parametrize("name", [t for t in TEMPLATES if t != "maintenance.html"])
def test_an_error_page_offers_search_and_contact(name):
    html = render_to_string(name, {"site": {"email": "a@exemple.fr"}})
    assert html.count('role="search"') == 2
    assert 'href="/contact/"' in html
    assert "a@exemple.fr" in html


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_an_error_view_answers_its_status(view):
    response = view(RequestFactory().get("/"))
    assert response.status_code == VIEWS[view]
    assert response["Cache-Control"] == "no-store"
    assert "<h1>" in response.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_is_a_kind_404(client):
    response = client.get("/rien-de-tel/")
    assert response.status_code == 404
    assert "Cette page n’existe pas, ou plus" in response.content.decode()
    assert not response.cookies
