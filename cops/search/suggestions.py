"""What to offer while somebody types: titles and words of the lexicon, by their beginnings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection

from cops.search.registry import kinds
from cops.search.spelling import name_key, normalise
from cops.search.statements import VISIBLE

MOST = 8
# Words looked at, and letters without which too much would begin so.
WORDS, LETTERS = 5, 2

# Every word typed begins a word of one of the names; else names that look like it.
_SUGGEST = """
SELECT title, family, url, aliases, begins
FROM search_searchentry,
     LATERAL (SELECT ({begins}) AS begins, names LIKE %(first)s AS first,
                     names LIKE %(whole)s AS whole) AS how
WHERE key = '' AND {visible} AND (begins OR %(text)s <%% names)
ORDER BY begins DESC, whole DESC, first DESC, CASE WHEN begins THEN uses END DESC NULLS LAST,
         word_similarity(%(text)s, names) DESC, names COLLATE "C", id
LIMIT %(most)s
"""


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    title: str
    kind: str
    url: str
    # The other name by which it was found, e.g. « patient expert ».
    alias: str = ""


def suggest(text: str, *, most: int = MOST) -> list[Suggestion]:
    """At most ``most`` documents or terms that the text may be the beginning of, best first."""
    plain = name_key(normalise(text))
    words = plain.split()[:WORDS]
    if len(plain) < LETTERS or not words:
        return []
    patterns = {f"word{number}": f"% {word}%" for number, word in enumerate(words)}
    sql = _SUGGEST.format(
        begins=" AND ".join(f"names LIKE %({name})s" for name in patterns), visible=VISIBLE
    )
    values: dict[str, Any] = {
        **patterns,
        "first": f"| {plain}%",
        "whole": f"%| {plain} |%",
        "text": plain,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    if any(begins for *_, begins in rows):
        # What only looks like it is for typing errors.
        rows = [row for row in rows if row[-1]]
    return [
        Suggestion(
            title=title,
            kind=kinds().get(family, ""),
            url=url,
            alias=_alias(title, aliases, words) if begins else "",
        )
        for title, family, url, aliases, begins in rows
    ]


def _alias(title: str, aliases: list[str], words: list[str]) -> str:
    """The name that matches, when the title does not say it itself."""
    if _begins(title, words):
        return ""
    return next((alias for alias in aliases if _begins(alias, words)), "")


def _begins(name: str, words: list[str]) -> bool:
    plain = " " + name_key(name)
    return all(re.search(rf" {re.escape(word)}", plain) for word in words)
