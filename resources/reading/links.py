"""What a sheet points to in other apps: shown once its target stands in the search index."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from cops.search.statements import VISIBLE
from resources.models import Resource

# Where the other apps have their pages: the addresses of the architecture.
PLACES = {"grids": "/autoevaluation/", "workshops": "/ateliers/"}


def linked_rows() -> RawSQL:
    """The entries of the index that a resource names, {« url », « title »}, with the resource."""
    urls = " UNION ALL ".join(
        f"SELECT '{place}' || slug || '/' FROM unnest(resources_resource.{name}) AS slug"  # noqa: S608 - no word of a reader in it
        for name, place in PLACES.items()
    )
    found = (
        "ARRAY(SELECT jsonb_build_object('url', url, 'title', title) FROM search_searchentry"  # noqa: S608
        f" WHERE key = '' AND url = ANY(ARRAY({urls})) AND {VISIBLE})"
    )
    return RawSQL(found, [], output_field=ArrayField(JSONField()))  # noqa: S611


def linked_targets(
    resource: Resource, rows: list[dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """Grids and workshops of the resource that exist now, as {« grids »: […], « workshops »: […]},
    in its order; ``rows`` are those of ``linked_rows``."""
    found = {row["url"]: row for row in rows}
    wanted = {
        name: [f"{place}{slug}/" for slug in getattr(resource, name)]
        for name, place in PLACES.items()
    }
    return {name: [found[url] for url in urls if url in found] for name, urls in wanted.items()}
