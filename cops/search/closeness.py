"""One letter wrong: the closest words of the index, by trigram then by distance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from cops.search.empty_words import EMPTY_WORDS
from cops.search.spelling import name_key
from cops.search.statements import VISIBLE

# Words looked at in one query, candidates for each.
WORDS, CANDIDATES = 8, 12
# Two letters swapped leave no trigram of a short word: there, every word of its length that has
# its letters but one is a candidate. One reading of the vocabulary, and only after a miss.
SHORT = 5
# The least letters on either side of a space or hyphen left out: « co-mise », « pair-aidance ».
PART = 2

# A word whose stem the index knows is not a typing error, unless only empty words have it: the
# stem of « sané » is that of « sans ». Among words as near, the one that a title or the lexicon
# says comes first: « focs » is « focus » before « fois ».
_CLOSEST = """
WITH unknown AS MATERIALIZED (
    SELECT word, place FROM unnest(%(words)s::text[]) WITH ORDINALITY AS asked(word, place)
    WHERE NOT EXISTS (
        SELECT 1 FROM search_searchword known
        WHERE known.stem = coalesce((ts_lexize('french_stem', asked.word))[1], '')
        AND known.plain <> ALL(%(empty)s)
    )
)
SELECT unknown.word, near.word, near.plain, near.entries, unknown.place, EXISTS (
    SELECT 1 FROM search_searchentry WHERE key = '' AND {visible}
    AND names LIKE '%% ' || regexp_replace(near.plain, '(?<=...)[sx]$', '') || ' %%'
)
FROM unknown CROSS JOIN LATERAL (
    (SELECT w.word, w.plain, w.entries FROM search_searchword w
     ORDER BY w.plain <-> unknown.word LIMIT %(candidates)s)
    UNION
    SELECT w.word, w.plain, w.entries FROM search_searchword w
    WHERE length(unknown.word) <= %(short)s
    AND CASE WHEN abs(length(w.plain) - length(unknown.word)) > 1 THEN false  -- the cheap one first
             ELSE length(translate(w.plain, unknown.word, '')) <= 1
                  AND length(translate(unknown.word, w.plain, '')) <= 1 END
) AS near
UNION ALL
SELECT unknown.word, parted.text, NULL, 0, unknown.place, true
FROM unnest(%(joined)s::text[], %(lefts)s::text[], %(rights)s::text[], %(texts)s::text[],
            %(patterns)s::text[]) AS parted(word, one, two, text, pattern)
JOIN unknown USING (word)
WHERE EXISTS (SELECT 1 FROM search_searchword WHERE stem = (ts_lexize('french_stem', one))[1])
AND EXISTS (SELECT 1 FROM search_searchword WHERE stem = (ts_lexize('french_stem', two))[1])
AND EXISTS (SELECT 1 FROM search_searchentry
            WHERE key = '' AND names LIKE parted.pattern AND {visible})
ORDER BY place
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
    parted = [(word, *parts) for word in asked for parts in _parted(word)]
    columns = zip(*parted, strict=True) if parted else [()] * 5
    values: dict[str, Any] = {"words": asked, "candidates": CANDIDATES, "short": SHORT}
    values["empty"] = list(EMPTY_WORDS)
    names = ("joined", "lefts", "rights", "texts", "patterns")
    values |= {name: list(column) for name, column in zip(names, columns, strict=True)}
    with connection.cursor() as cursor:
        cursor.execute(_CLOSEST.format(visible=VISIBLE), values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    found: dict[str, list[tuple[Any, ...]]] = {}
    for word, near, plain, entries, _, named in rows:
        near_enough = found.setdefault(word, [])
        rank = (0,) if plain is None else _rank(word, plain, named, entries)
        if rank is not None:
            near_enough.append((*rank, near))
    return [Closest(word, [near[-1] for near in sorted(nears)]) for word, nears in found.items()]


def _parted(word: str) -> list[tuple[str, str, str, str]]:
    """The two words that this one may be, in each place: their text, its pattern in the names."""
    places = range(PART, len(word) - PART + 1)
    return [
        (word[:at], word[at:], text, f"% {name_key(text)} %")
        for at, text in ((at, f"{word[:at]} {word[at:]}") for at in places)
    ]


def _rank(word: str, plain: str, named: bool, entries: int) -> tuple[Any, ...] | None:
    """How well a word of the index stands for the one asked; None when it is too far.

    Letters swapped are likelier than a letter taken for another. In a word of three letters
    any letter changed makes another word (« out », « tout »): the first one at least stays.
    """
    gap = distance(word, plain)
    swapped, begins = sorted(word) == sorted(plain), plain[0] == word[0]
    if gap > allowed(word) or (len(word) == 3 and not swapped and not begins):
        return None
    return gap, not swapped, not begins, not named, -entries


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
