"""Load the starting content: all of it checked before anything is written."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from cops.content.faults import ContentFaults, Fault
from cops.content.models import LoadedItem
from cops.content.reading import Item, Reading
from cops.content.sources import ContentSource, after_actions, sources

# One load at a time, whoever starts it (two containers that boot together).
LOAD_LOCK = 0x434F5053


@dataclass
class Outcome:
    """What a load did, per object: (label of the kind, slug)."""

    created: list[tuple[str, str]] = field(default_factory=list)
    updated: list[tuple[str, str]] = field(default_factory=list)
    archived: list[tuple[str, str]] = field(default_factory=list)
    restored: list[tuple[str, str]] = field(default_factory=list)
    kept: list[tuple[str, str]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def wrote(self) -> bool:
        return bool(self.created or self.updated or self.archived or self.restored)


def content_read(*, root: Path | None = None) -> Reading:
    """Read and check every file; raises ContentFaults with all the faults found."""
    reading = Reading(root=root or Path(settings.ROOT))
    for source in sources():
        items = source.read(reading.root / source.folder, reading)
        seen: dict[str, Item] = {}
        for item in items:
            if not item.slug:
                continue
            if (first := seen.get(item.slug)) is not None:
                reading.faults.append(
                    Fault(
                        item.file,
                        item.line,
                        f"« {item.slug} » existe déjà ({first.file}, ligne {first.line}).",
                    )
                )
            seen.setdefault(item.slug, item)
        reading.items[source.name] = list(seen.values())
    faults = [*reading.faults, *reading.missing_targets()]
    if faults:
        raise ContentFaults(faults)
    return reading


def content_load(*, root: Path | None = None) -> Outcome:
    """Bring the database to what the files say, except what was edited since.

    Raises ContentFaults before any write. A second run writes nothing.
    """
    reading = content_read(root=root)
    outcome = Outcome()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOAD_LOCK])
        loaded = {(row.source, row.slug): row for row in LoadedItem.objects.all()}
        for source in sources():
            _Loading(source, reading.items[source.name], loaded, outcome).run()
        if outcome.wrote:
            for action in after_actions():
                action()
    return outcome


class _Loading:
    """One source's part of a load."""

    def __init__(
        self,
        source: ContentSource,
        items: list[Item],
        loaded: dict[tuple[str, str], LoadedItem],
        outcome: Outcome,
    ) -> None:
        self.source = source
        self.items = items
        self.loaded = loaded
        self.outcome = outcome

    def run(self) -> None:
        hashes = {item.slug: digest(item.data) for item in self.items}
        mine = {slug: row for (name, slug), row in self.loaded.items() if name == self.source.name}
        changed = [
            item
            for item in self.items
            if (row := mine.get(item.slug)) is None
            or row.gone_at is not None
            or row.data_hash != hashes[item.slug]
        ]
        gone = [row for slug, row in mine.items() if slug not in hashes and row.gone_at is None]
        self.outcome.unchanged += len(self.items) - len(changed)
        if changed:
            self._save(self._not_edited(changed, mine), mine, hashes)
        if gone:
            self._archive(gone)

    def _not_edited(self, changed: list[Item], mine: dict[str, LoadedItem]) -> list[Item]:
        """Those the load may write: new ones, and those nobody touched since the last load."""
        known = [mine[item.slug] for item in changed if item.slug in mine]
        states = self.source.state([row.object_id for row in known])
        strangers = self.source.find([item.slug for item in changed if item.slug not in mine])
        writable: list[Item] = []
        for item in changed:
            row = mine.get(item.slug)
            if row is None:
                free = item.slug not in strangers
            else:
                free = digest(states.get(row.object_id)) == row.object_hash
            if free:
                writable.append(item)
            else:
                self.outcome.kept.append((self.source.label, item.slug))
        return writable

    def _save(self, items: list[Item], mine: dict[str, LoadedItem], hashes: dict[str, str]) -> None:
        if not items:
            return
        pks = self.source.save(items, self._lookup)
        states = self.source.state(pks.values())
        for item in items:
            row = mine.get(item.slug)
            if row is None:
                row = LoadedItem(source=self.source.name, slug=item.slug)
                self.outcome.created.append((self.source.label, item.slug))
            elif row.gone_at is not None:
                self.outcome.restored.append((self.source.label, item.slug))
            else:
                self.outcome.updated.append((self.source.label, item.slug))
            row.file = item.file
            row.object_id = pks[item.slug]
            row.data_hash = hashes[item.slug]
            row.object_hash = digest(states[row.object_id])
            row.gone_at = None
            row.save()
            self.loaded[(self.source.name, item.slug)] = row

    def _archive(self, gone: list[LoadedItem]) -> None:
        states = self.source.state([row.object_id for row in gone])
        free = [row for row in gone if digest(states.get(row.object_id)) == row.object_hash]
        for row in gone:
            if row not in free:
                # Edited since, or removed by hand: it is the team's now.
                self.outcome.kept.append((self.source.label, row.slug))
        if not free:
            return
        self.source.archive([row.object_id for row in free])
        states = self.source.state([row.object_id for row in free])
        for row in free:
            row.gone_at = timezone.now()
            row.object_hash = digest(states.get(row.object_id))
            row.save()
            self.outcome.archived.append((self.source.label, row.slug))

    def _lookup(self, source: str, slug: str) -> int | None:
        row = self.loaded.get((source, slug))
        return row.object_id if row else None


def digest(data: Any) -> str:
    """SHA-256 of JSON-able data, the same whatever the order of its keys."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
