"""Asking every source, so that a faulty one hides no other."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from cops.todo.items import LIMIT, Item, Urgency
from cops.todo.registry import Source, sources

SHOWN = 10  # items of a group seen at once

logger = logging.getLogger("cops.todo")


@dataclass(frozen=True)
class Group:
    """What one source gave: its items in their order, or that it could not be read."""

    source: Source
    items: list[Item]
    failed: bool = False

    @property
    def first(self) -> list[Item]:
        return self.items[:SHOWN]

    @property
    def others(self) -> list[Item]:
        return self.items[SHOWN:]

    @property
    def rest(self) -> int:
        return len(self.others)

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def more(self) -> bool:
        """The source stopped at its limit: there may be more than are counted."""
        return self.count >= LIMIT


def collect(user: Any) -> list[Group]:
    """The groups that have something in them, the one with the most urgent item first."""
    groups = [_ask(source, user) for source in sources()]
    filled = [group for group in groups if group.items or group.failed]
    # A source that failed has no rank: it is told of at the end.
    return sorted(filled, key=lambda group: (not group.items, [i.rank for i in group.items[:1]]))


def count(groups: list[Group]) -> int:
    return sum(group.count for group in groups)


def late(groups: list[Group]) -> int:
    return sum(item.urgency == Urgency.LATE for group in groups for item in group.items)


def _ask(source: Source, user: Any) -> Group:
    try:
        items = sorted(source.collect(user), key=lambda item: item.rank)
    except Exception:
        logger.exception("the source %s of « À traiter » failed", source.key)
        return Group(source, [], failed=True)
    return Group(source, items[:LIMIT])
