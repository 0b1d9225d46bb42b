"""« /api/v1/resources/ », « experiences/ », « terms/ »: lists, filters, search, details."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cops.api.pagination import CURSOR_NAME, SIZE_NAME, Slice, slice_asked
from cops.api.views import PublicView
from cops.formats import NBSP
from cops.http.addresses import address
from resources.api import described, rows, shapes
from resources.enums import Kind, TermCategory
from resources.filters import FACETS
from resources.models import Resource, ResourceRedirect, TermRedirect
from resources.reading.listing import Asked, asked_read
from resources.reading.sheet import sheet_read

_PAGING = (CURSOR_NAME, SIZE_NAME)
_GONE = "Cette ressource n’existe pas, ou n’est plus publiée."


def _listed(
    request: HttpRequest, results: list[dict[str, Any]], cursor: str, notices: list[str]
) -> Response:
    """One page of a list, with the address of the next one."""
    following = None
    if cursor:
        query = request.GET.copy()
        query[CURSOR_NAME] = cursor
        following = f"{shapes.absolute(request.path)}?{query.urlencode()}"
    return Response(
        {"next": following, "notices": notices, "licence": shapes.licence(), "results": results}
    )


def _notices(unknown_names: list[str], unknown_values: list[str], part: Slice) -> list[str]:
    """What was not understood is ignored, and said."""
    said = [f"Paramètre inconnu, ignoré{NBSP}: {name}" for name in unknown_names]
    said += [f"Valeur inconnue, ignorée{NBSP}: {value}" for value in unknown_values]
    return said + part.notices


class ResourceListView(PublicView):
    known = ("q", *FACETS, "tri", *_PAGING)

    @extend_schema(**described.RESOURCES)
    def get(self, request: Request) -> Response:
        asked = asked_read(request.GET)
        return self.answer(request, Resource.objects.public(), asked)

    def answer(self, request: Request, base: QuerySet[Resource], asked: Asked) -> Response:
        part = slice_asked(request.GET)
        found, cursor = rows.resource_page(base, asked, part)
        notices = _notices(self.unknown(request), asked.unknown, part)
        cards = [shapes.resource_card(row) for row in found]
        return _listed(request, cards, cursor, notices)


class ExperienceListView(ResourceListView):
    """The remarkable experiences: the resources of that kind, under an address of their own."""

    known = tuple(name for name in ResourceListView.known if name != "genre")

    @extend_schema(**described.EXPERIENCES)
    def get(self, request: Request) -> Response:
        query = request.GET.copy()
        query.pop("genre", None)
        base = Resource.objects.public().filter(kind=Kind.EXPERIENCE)
        return self.answer(request, base, asked_read(query))


class ResourceView(PublicView):
    route: ClassVar[str] = "api:resource"

    @extend_schema(**described.RESOURCE)
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        return self.answer(slug, Resource.objects.public())

    def answer(self, slug: str, base: QuerySet[Resource]) -> HttpResponseBase:
        # Whoever asks, the API shows what anybody may read.
        sheet = sheet_read(slug, AnonymousUser())
        if sheet is None or not self.is_here(sheet.resource):
            return self.moved(slug, base)
        row = rows.card_row(sheet.resource.pk)
        sections = rows.section_rows(sheet.resource.pk)
        return Response(shapes.resource_whole(row, sheet, sections))

    def is_here(self, resource: Resource) -> bool:
        return True

    def moved(self, slug: str, base: QuerySet[Resource]) -> HttpResponseBase:
        former = ResourceRedirect.objects.filter(slug=slug, resource__in=base)
        present = former.values_list("resource__slug", flat=True).first()
        if present is None:
            raise Http404(_GONE)
        return HttpResponsePermanentRedirect(address(self.route, present))


class ExperienceView(ResourceView):
    route = "api:experience"

    @extend_schema(**described.EXPERIENCE)
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        return self.answer(slug, Resource.objects.public().filter(kind=Kind.EXPERIENCE))

    def is_here(self, resource: Resource) -> bool:
        return resource.kind == Kind.EXPERIENCE


class TermListView(PublicView):
    known = ("q", "categorie", *_PAGING)

    @extend_schema(**described.TERMS)
    def get(self, request: Request) -> Response:
        part = slice_asked(request.GET)
        asked = list(dict.fromkeys(request.GET.getlist("categorie")))
        categories = [code for code in asked if code in TermCategory.values]
        unknown = [code[:40] for code in asked if code not in categories][:5]
        found, cursor = rows.term_page(asked_read(request.GET).text, categories, part)
        notices = _notices(self.unknown(request), unknown, part)
        return _listed(request, [shapes.term_card(row) for row in found], cursor, notices)


class TermView(PublicView):
    @extend_schema(**described.TERM)
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        term = rows.term_found(slug)
        if term is not None:
            return Response(shapes.term_whole(term))
        former = TermRedirect.objects.filter(slug=slug, term__archived_at__isnull=True)
        present = former.values_list("term__slug", flat=True).first()
        if present is None:
            raise Http404("Ce mot n’est pas, ou n’est plus, dans le lexique.")
        return HttpResponsePermanentRedirect(address("api:term", present))
