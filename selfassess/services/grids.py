"""The grids: loaded, edited, frozen once used."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from cops.pagecache import raise_version
from cops.search import entries_remove, entries_replace
from selfassess.models import Grid, GridVersion
from selfassess.services.indexing import grid_drafts, grid_source


@transaction.atomic
def grid_write(*, grid: Grid, content: dict[str, Any]) -> GridVersion:
    """What the grid asks from now on: the last version while it is unused, else the next one."""
    version = version_write(grid=grid, content=content)
    raise_version()
    return version


@transaction.atomic
def version_write(*, grid: Grid, content: dict[str, Any]) -> GridVersion:
    """The same, with the index. Leaves the page cache to its caller."""
    locked = Grid.objects.select_for_update().get(pk=grid.pk)
    last = locked.versions.order_by("-number").first()
    if last is not None and last.content == content:
        return last
    if last is not None and not last.assessments.exists():
        last.content = content
        last.save(update_fields=["content"])
        version = last
    else:
        number = last.number + 1 if last else 1
        version = GridVersion.objects.create(grid=locked, number=number, content=content)
    grid_index(grid=locked)
    return version


def grid_index(*, grid: Grid) -> None:
    """The search follows a change. Leaves the page cache to its caller."""
    if grid.archived_at is None:
        entries_replace(grid_source(grid.pk), grid_drafts(grid))
    else:
        entries_remove(grid_source(grid.pk))


@transaction.atomic
def grid_archive(*, grid: Grid) -> None:
    """Take a grid out of view; its assessments go on. Leaves the page cache to its caller."""
    grid.archived_at = grid.archived_at or timezone.now()
    grid.save(update_fields=["archived_at", "changed_at"])
    grid_index(grid=grid)
