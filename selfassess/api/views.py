"""« /api/v1/grids/ »: the list, and a grid with all that it asks."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cops.api.pagination import CURSOR_NAME, SIZE_NAME, slice_asked
from cops.api.views import PublicView
from cops.formats import NBSP
from resources.api.shapes import absolute, licence
from selfassess.api import described, rows, shapes


class GridListView(PublicView):
    known = (CURSOR_NAME, SIZE_NAME)

    @extend_schema(**described.GRIDS)
    def get(self, request: Request) -> Response:
        part = slice_asked(request.GET)
        found, cursor = rows.grid_page(part)
        following = None
        if cursor:
            query = request.GET.copy()
            query[CURSOR_NAME] = cursor
            following = f"{absolute(request.path)}?{query.urlencode()}"
        unknown = [f"Paramètre inconnu, ignoré{NBSP}: {name}" for name in self.unknown(request)]
        return Response(
            {
                "next": following,
                "notices": [*unknown, *part.notices],
                "licence": licence(),
                "results": [shapes.grid_card(row) for row in found],
            }
        )


class GridView(PublicView):
    @extend_schema(**described.GRID)
    def get(self, request: Request, slug: str) -> Response:
        row = rows.grid_found(slug)
        if row is None:
            raise Http404("Cette grille n’existe pas, ou n’est plus proposée.")
        return Response(shapes.grid_whole(row))
