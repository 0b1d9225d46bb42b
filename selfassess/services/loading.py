"""The grids of the starting content: read, checked, loaded by slug."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cops.content.reading import Item, Reading
from cops.content.schema import record
from cops.content.sources import Lookup
from selfassess.models import Grid
from selfassess.services.grids import grid_archive, grid_index, version_write
from selfassess.services.shape import GRID, OF_THE_GRID, OF_THE_VERSION, content_faults


def grids_read(folder: Path, reading: Reading) -> list[Item]:
    items = []
    for path in sorted(folder.glob("*.yaml")):
        sheet = reading.sheet(path)
        document = sheet.yaml()
        if document is None:
            continue
        data = record(document, GRID, sheet)
        for message in content_faults(data):
            sheet.fault(document.line, message)
        items.append(Item(data["slug"], sheet.name, document.line, data))
    return items


def grids_save(items: list[Item], lookup: Lookup) -> dict[str, int]:
    found = {}
    for item in items:
        pk = lookup("selfassess.grid", item.slug) or 0
        grid = Grid.objects.filter(pk=pk).first() or Grid(slug=item.slug)
        for name in OF_THE_GRID:
            setattr(grid, name, item.data[name])
        grid.archived_at = None
        grid.save()
        version_write(grid=grid, content={name: item.data[name] for name in OF_THE_VERSION})
        grid_index(grid=grid)
        found[item.slug] = grid.pk
    return found


def grids_state(pks: Iterable[int]) -> dict[int, Any]:
    state = {}
    for grid in Grid.objects.filter(pk__in=list(pks)).prefetch_related("versions"):
        last = max(grid.versions.all(), key=lambda version: version.number, default=None)
        state[grid.pk] = {
            **{name: getattr(grid, name) for name in OF_THE_GRID},
            "archived": grid.archived_at is not None,
            "content": last.content if last else None,
        }
    return state


def grids_find(slugs: Iterable[str]) -> dict[str, int]:
    return dict(Grid.objects.filter(slug__in=list(slugs)).values_list("slug", "pk"))


def grids_archive(pks: list[int]) -> None:
    for grid in Grid.objects.filter(pk__in=pks):
        grid_archive(grid=grid)
