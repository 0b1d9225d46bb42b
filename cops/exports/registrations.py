"""What exports ask of the timer, and show to the team when one was set aside."""

from django.urls import reverse

from cops.background import sweep
from cops.exports.enums import State
from cops.exports.models import Export
from cops.exports.tidying import exports_sweep
from cops.todo import LIMIT, Item, register_source

sweep("exports.unfinished", exports_sweep)


def _parked(user: object) -> list[Item]:
    page = reverse("pages:exports")
    rows = Export.objects.filter(state=State.PARKED).order_by("created_at", "pk")[:LIMIT]
    return [Item(export.label, page, export.created_at) for export in rows]


register_source(
    "exports.parked", "Documents qui n’ont pas pu être faits", _parked, page="pages:exports"
)
