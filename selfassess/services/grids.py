"""The grids: made, edited, frozen once used, taken out of view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cops.audit import record
from cops.pagecache import raise_version
from cops.search import entries_remove, entries_replace
from selfassess.models import Grid, GridVersion
from selfassess.services.indexing import grid_drafts, grid_source
from selfassess.services.shape import OF_THE_GRID, content_faults

MADE, EDITED = "selfassess.grid_made", "selfassess.grid_edited"
ARCHIVED, RESTORED = "selfassess.grid_archived", "selfassess.grid_restored"
# What the journal keeps of one save: a whole rewriting is said by its first lines.
MOST_CHANGES, LONGEST_WORDS = 60, 300


@dataclass(frozen=True)
class Written:
    """What a save did: the version that the grid asks now, and whether it is a new one."""

    version: GridVersion
    is_new: bool
    changed: bool


@transaction.atomic
def grid_edit(*, grid: Grid, content: dict[str, Any], by: Any) -> Written:
    """Save a grid and what it asks. A version that served stays as it is: the next one is made.

    Raises ValidationError when the wheel, the roles or the questions would lack something.
    """
    _check(content)
    before = grid.versions.order_by("-number").first()
    named = Grid.objects.values(*OF_THE_GRID).get(pk=grid.pk)
    grid.full_clean()
    grid.save()
    version = version_write(grid=grid, content=content)
    changes = dict(_changes(named, {name: getattr(grid, name) for name in OF_THE_GRID}))
    changes |= dict(_changes(before.content if before else {}, content))
    number = before.number if before else 0
    is_new = version.number != number
    if is_new:
        changes["version"] = [number, version.number]
    record(by, EDITED, grid, changes)
    raise_version()
    return Written(version, is_new, bool(changes))


@transaction.atomic
def grid_make(*, grid: Grid, copy_of: Grid, by: Any) -> GridVersion:
    """A new grid that asks, to begin with, what another one does. Raises ValidationError."""
    content = copy_of.versions.order_by("-number")[:1].get().content
    grid.full_clean()
    grid.save()
    version = version_write(grid=grid, content=content)
    record(by, MADE, grid, {"copy_of": ["", copy_of.slug]})
    raise_version()
    return version


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
    # Whoever opens an assessment marks the version as used: they wait for us, or we for them.
    last = locked.versions.select_for_update(of=("self",)).order_by("-number").first()
    if last is not None and last.content == content:
        version = last
    elif last is not None and not last.is_used:
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
def grid_archive(*, grid: Grid, by: Any = None) -> None:
    """Take a grid out of view; its assessments go on. Leaves the page cache to its caller."""
    if grid.archived_at is None:
        grid.archived_at = timezone.now()
        grid.save(update_fields=["archived_at", "changed_at"])
        record(by, ARCHIVED, grid)
    grid_index(grid=grid)


@transaction.atomic
def grid_restore(*, grid: Grid, by: Any = None) -> None:
    """Put it on view again. Leaves the page cache to its caller."""
    if grid.archived_at is not None:
        grid.archived_at = None
        grid.save(update_fields=["archived_at", "changed_at"])
        record(by, RESTORED, grid)
    grid_index(grid=grid)


def _check(content: dict[str, Any]) -> None:
    faults = [f"{fault[0].upper()}{fault[1:]}" for fault in content_faults(content)]
    if faults:
        raise ValidationError(faults)


def _changes(old: Any, new: Any) -> Iterator[tuple[str, list[Any]]]:
    """``("axes.co-expression.criteria.CE1.label", [before, after])``, the first of them."""
    before, after = dict(_flat(old)), dict(_flat(new))
    moved = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    for name in moved[:MOST_CHANGES]:
        yield name, [_short(before.get(name)), _short(after.get(name))]


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    rows: list[tuple[str, Any]]
    if isinstance(value, dict):
        rows = [(str(name), one) for name, one in value.items()]
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        rows = [(_name_of(one, rank), one) for rank, one in enumerate(value, start=1)]
    else:
        yield path, " · ".join(value) if isinstance(value, list) else value
        return
    for name, one in rows:
        yield from _flat(one, f"{path}.{name}" if path else name)


def _name_of(row: Any, rank: int) -> str:
    return next((str(row[name]) for name in ("code", "step", "value") if name in row), str(rank))


def _short(value: Any) -> Any:
    return value[:LONGEST_WORDS] if isinstance(value, str) else value
