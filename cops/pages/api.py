"""« /api/v1/ »: the parts of the apps under one address, their description and its page."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cops.api.pagination import SIZE, SIZE_AT_MOST
from cops.api.views import PublicView
from cops.http.addresses import address
from cops.pagecache import cached_page
from resources.api.urls import urlpatterns as resources_urls
from selfassess.api.urls import urlpatterns as selfassess_urls


class RootView(PublicView):
    """The way in: where everything is."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        origin = settings.SITE_ORIGIN
        parts = ("resources", "experiences", "terms", "grids", "schema", "docs")
        return Response({part: origin + address(f"api:{part}") for part in parts})


class SchemaView(PublicView):
    """The description of it all, OpenAPI 3, for machines."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        described = SchemaGenerator().get_schema(request=None, public=True)
        return Response(described, content_type="application/vnd.oai.openapi+json")


@login_not_required
@cached_page()
def docs(request: HttpRequest) -> HttpResponse:
    """How to read the API, in words; below, each address can be tried."""
    context = {
        "crumbs": [("Accueil", "/"), ("Réutiliser nos contenus", None)],
        "origin": settings.SITE_ORIGIN,
        "size": SIZE,
        "size_at_most": SIZE_AT_MOST,
        "requests": settings.API_REQUESTS,
        "minutes": settings.API_WINDOW_SECONDS // 60,
    }
    return render(request, "cops/pages/api_docs.html", context)


app_name = "api"
urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    *resources_urls,
    *selfassess_urls,
]
