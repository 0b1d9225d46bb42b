"""« Quoi de neuf »: the latest documents that anybody may read, whatever app they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils import timezone

from cops.search.models import SearchEntry
from cops.search.registry import kinds

# Words of the lexicon, quiz and arguments are there to stay: they are not news.
LASTING = ("terme", "quiz", "argument", "section")


@dataclass(frozen=True)
class News:
    kind: str
    title: str
    url: str
    summary: str
    date: date | None
    level: int = 3


def latest(count: int = 3) -> list[News]:
    """The last documents published, one statement; the order is total."""
    now = timezone.now()
    rows = (
        SearchEntry.objects.filter(key="")
        .exclude(kind__in=LASTING)
        .filter(Q(visible_from__isnull=True) | Q(visible_from__lte=now))
        .filter(Q(visible_until__isnull=True) | Q(visible_until__gt=now))
        .order_by(F("date").desc(nulls_last=True), "-pk")
        .values("kind", "title", "url", "summary", "date")[:count]
    )
    labels = kinds()
    return [News(**row | {"kind": labels.get(row["kind"], "")}) for row in rows]
