"""What a sheet points to in other apps: shown once its target stands in the search index."""

from __future__ import annotations

from django.db import connection

from cops.search.statements import VISIBLE
from resources.models import Resource

# Run on every sheet: as text, which spares Django writing it each time.
_FOUND = (
    "SELECT url, title FROM search_searchentry"  # noqa: S608 - no word of a reader in it
    f" WHERE key = '' AND url = ANY(%s) AND {VISIBLE}"
)


def linked_targets(resource: Resource) -> dict[str, list[dict[str, str]]]:
    """Grids and workshops of the resource that exist now, as {« grids »: […], « workshops »: […]}.

    The addresses are those of architecture.md; no statement when the resource names none.
    """
    addresses = {
        "grids": [f"/autoevaluation/{slug}/" for slug in resource.grids],
        "workshops": [f"/ateliers/{slug}/" for slug in resource.workshops],
    }
    wanted = [url for urls in addresses.values() for url in urls]
    found: dict[str, dict[str, str]] = {}
    if wanted:
        with connection.cursor() as cursor:
            cursor.execute(_FOUND, [wanted])
            found = {url: {"url": url, "title": title} for url, title in cursor.fetchall()}
    return {name: [found[url] for url in urls if url in found] for name, urls in addresses.items()}
