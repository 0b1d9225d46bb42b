"""What the pages read of the grids."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery

from cops.charts.wheel import wheel_svg
from resources.models import Resource
from selfassess.models import Grid, GridVersion
from selfassess.reading.papers import blank_names


def version_in_use(grid: Grid) -> GridVersion:
    """What the grid asks now: its last version. Raises GridVersion.DoesNotExist without any."""
    return grid.versions.select_related("grid").order_by("-number")[:1].get()


def grids_listed() -> list[dict[str, Any]]:
    """Every grid on view with its introduction; two statements."""
    last = GridVersion.objects.filter(grid=OuterRef("grid")).order_by("-number").values("pk")[:1]
    versions = GridVersion.objects.filter(pk=Subquery(last))
    rows = Grid.objects.public().prefetch_related(Prefetch("versions", versions, to_attr="last"))
    return [
        {"grid": grid, "instrument": grid.last[0].read()}
        for grid in rows.order_by("slug", "pk")
        if grid.last
    ]


def grid_page(grid: Grid, version: GridVersion | None = None, wording: str = "") -> dict[str, Any]:
    """The grid with its emblem and the sheet it belongs to, when that one is on view.

    Another version, or another wording, is for those who prepare it.
    """
    version = version or version_in_use(grid)
    instrument = version.read(wording)
    title = instrument.title or grid.title
    return {
        "grid": grid,
        "title": title,
        "preview": "",
        "version": version,
        "instrument": instrument,
        "sheet": Resource.objects.public().filter(slug=grid.sheet).first() if grid.sheet else None,
        "papers": list(blank_names(instrument).items()),
        "wheel": wheel_svg(title=f"La roue : {title}", uid="roue", labels="names"),
    }


def sheets_for(slugs: list[str]) -> dict[str, Resource]:
    """The sheets that help, by slug: only what anybody may read now. One statement."""
    rows = Resource.objects.public().filter(slug__in=slugs).only("slug", "title", "kind")
    return {row.slug: row for row in rows}
