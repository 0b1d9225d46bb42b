"""What a sheet points to in other apps: shown once its target stands in the search index."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Now

from cops.search.models import SearchEntry
from resources.models import Resource


def linked_targets(resource: Resource) -> dict[str, list[dict[str, str]]]:
    """Grids and workshops of the resource that exist now, as {« grids »: […], « workshops »: […]}.

    The addresses are those of architecture.md; no statement when the resource names none.
    """
    addresses = {
        "grids": [f"/autoevaluation/{slug}/" for slug in resource.grids],
        "workshops": [f"/ateliers/{slug}/" for slug in resource.workshops],
    }
    wanted = [url for urls in addresses.values() for url in urls]
    if not wanted:
        return {"grids": [], "workshops": []}
    found = {
        row["url"]: row
        for row in SearchEntry.objects.filter(
            Q(visible_from__isnull=True) | Q(visible_from__lte=Now()),
            Q(visible_until__isnull=True) | Q(visible_until__gt=Now()),
            key="",
            url__in=wanted,
        ).values("url", "title")
    }
    return {name: [found[url] for url in urls if url in found] for name, urls in addresses.items()}
