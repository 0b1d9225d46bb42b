"""What the API reads of the grids: one statement, the last version with its grid."""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from cops.api.pagination import Order, Row, Slice, page_read
from selfassess.models import Grid, GridVersion

ORDER = Order("grilles", ("slug", "pk"))
_CARD = ("pk", "slug", "title", "instrument", "sheet", "adapted", "number", "content", "made_at")


def grid_page(part: Slice) -> tuple[list[Row], str]:
    """One page of the grids on view, as rows, and the next cursor. Raises BadRequest."""
    return page_read(_rows(), ORDER, part, lambda found: list(found.values(*_CARD)))


def grid_found(slug: str) -> Row | None:
    """The row of a grid on view."""
    found: Any = _rows().filter(slug=slug).values(*_CARD).first()
    return found


def _rows() -> QuerySet[Grid]:
    last = GridVersion.objects.filter(grid=OuterRef("pk")).order_by("-number").values("pk")[:1]
    rows = Grid.objects.public().filter(versions=Subquery(last))
    return rows.annotate(
        number=F("versions__number"),
        content=F("versions__content"),
        made_at=F("versions__created_at"),
    ).order_by("slug", "pk")
