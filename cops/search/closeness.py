"""One letter wrong: the closest words of the index, by trigram then by distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

# Words looked at in one query, candidates for each.
WORDS, CANDIDATES = 8, 12

# A word whose stem the index knows is not a typing error.
_CLOSEST = """
SELECT asked.word, near.word, near.plain, near.entries
FROM unnest(%(words)s::text[]) WITH ORDINALITY AS asked(word, place)
CROSS JOIN LATERAL (
    SELECT w.word, w.plain, w.entries FROM search_searchword w
    ORDER BY w.plain <-> asked.word LIMIT %(candidates)s
) AS near
WHERE NOT EXISTS (
    SELECT 1 FROM search_searchword known
    WHERE known.stem = coalesce((ts_lexize('french_stem', asked.word))[1], '')
)
ORDER BY asked.place
"""


@dataclass(frozen=True)
class Closest:
    """A word (folded) that the index does not know, and those it may stand for, best first."""

    asked: str
    words: list[str]


def closest(words: list[str]) -> list[Closest]:
    """The unknown ones among ``words`` (folded), each with its closest words, maybe none."""
    asked = [word for word in words if 3 <= len(word) <= 40][:WORDS]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CLOSEST, {"words": asked, "candidates": CANDIDATES})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    found: dict[str, list[tuple[Any, ...]]] = {}
    for word, near, plain, entries in rows:
        gap = distance(word, plain)
        near_enough = found.setdefault(word, [])
        if gap <= allowed(word):
            near_enough.append((gap, plain[0] != word[0], -entries, near))
    return [Closest(word, [near[-1] for near in sorted(nears)]) for word, nears in found.items()]


def allowed(word: str) -> int:
    """How many letters may be wrong: one, two in a long word."""
    return 2 if len(word) >= 8 else 1


def distance(one: str, other: str) -> int:
    """Letters to add, remove, change or swap with their neighbour (optimal string alignment)."""
    above: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, above, row = above, row, [i, *[0] * len(other)]
        for j, wanted in enumerate(other, 1):
            row[j] = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                row[j] = min(row[j], before[j - 2] + 1)
    return row[-1]
