"""One thing to be done, and how it is ordered among others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import IntEnum

from django.utils import timezone

LIMIT = 200  # items that a source gives at most: a list of thousands helps nobody


class Urgency(IntEnum):
    """The lower, the sooner. The words are shown: a colour says nothing alone."""

    LATE = 1
    SOON = 2
    NORMAL = 3

    @property
    def label(self) -> str:
        return {1: "En retard", 2: "Bientôt", 3: ""}[self.value]


@dataclass(frozen=True)
class Item:
    """What is to be done (`label`), where (`url`), and since when it waits."""

    label: str
    url: str
    since: datetime | date | None = None
    urgency: Urgency = Urgency.NORMAL
    detail: str = ""

    @property
    def rank(self) -> tuple[int, bool, datetime, str]:
        """Late first, then what has waited longest; what has no date comes last of its rank."""
        return (self.urgency, self.since is None, _moment(self.since), self.label)


def _moment(since: datetime | date | None) -> datetime:
    if since is None:
        return datetime.max.replace(tzinfo=timezone.get_current_timezone())
    if isinstance(since, datetime):
        return since if timezone.is_aware(since) else timezone.make_aware(since)
    return timezone.make_aware(datetime.combine(since, time.min))
