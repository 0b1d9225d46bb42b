"""The vocabulary of the index: closest words, and the fifty most frequent stems."""

from __future__ import annotations

import time

from django.db import connection, transaction

from cops.search.empty_words import EMPTY_WORDS
from cops.search.models import CONFIG
from cops.search.registry import small_kinds
from cops.search.statements import VISIBLE

# Surface words of a row, with accents, up to 40 letters.
_WORDS = """
    SELECT DISTINCT word FROM search_searchentry e JOIN search_searchtext t ON t.entry_id = e.id,
    unnest(tsvector_to_array(to_tsvector('simple', t.words))) AS word
    WHERE {where}
    AND (e.visible_from IS NULL OR e.visible_from <= statement_timestamp())
    AND (e.visible_until IS NULL OR e.visible_until > statement_timestamp())
    AND length(word) <= 40
"""
_STEMMED = """
    SELECT word, unaccent(word) AS plain,
           coalesce((ts_lexize('french_stem', unaccent(word)))[1], '') AS stem
    FROM ({words}) AS w
"""

FREQUENT = 50
_KEPT_SECONDS = 60.0
_frequent: tuple[float, frozenset[str]] | None = None


# In one order, or two publications at a time would wait for each other.
_ADD = """
    INSERT INTO search_searchword (word, plain, stem, entries)
    SELECT word, plain, stem, 0 FROM ({words}) AS s WHERE stem <> '' ORDER BY word
    ON CONFLICT (word) DO NOTHING
"""
_COUNT = """
    CREATE TEMPORARY TABLE fresh_words ON COMMIT DROP AS
    SELECT s.word, s.plain, s.stem, c.ndoc AS entries FROM ({words}) AS s
    JOIN ts_stat('SELECT vector FROM search_searchentry
                  WHERE (visible_from IS NULL OR visible_from <= statement_timestamp())
                  AND (visible_until IS NULL OR visible_until > statement_timestamp())')
         AS c ON c.word = s.stem
"""
_FORGET = """
    DELETE FROM search_searchword w
    WHERE NOT EXISTS (SELECT 1 FROM fresh_words f WHERE f.word = w.word)
"""
_KEEP = """
    INSERT INTO search_searchword AS w (word, plain, stem, entries)
    SELECT word, plain, stem, entries FROM fresh_words ORDER BY word
    ON CONFLICT (word) DO UPDATE
    SET plain = excluded.plain, stem = excluded.stem, entries = excluded.entries
    WHERE w.entries <> excluded.entries OR w.stem <> excluded.stem
"""

# The first of the names is the title; what says it is counted by document, sections left out.
_USES = """
    UPDATE search_searchentry AS e SET uses = counted.uses
    FROM (
        SELECT t.id, (
            SELECT count(*) FROM search_searchentry d
            WHERE d.key = '' AND d.id <> t.id AND d.family <> ALL(%(small)s::text[]) AND {visible}
            AND d.vector @@ phraseto_tsquery(%(config)s::regconfig, split_part(t.names, '|', 2))
        ) AS uses
        FROM search_searchentry t WHERE t.key = '' AND t.family = ANY(%(small)s::text[])
    ) AS counted
    WHERE counted.id = e.id AND e.uses <> counted.uses
"""


def _words_of(where: str) -> str:
    return _STEMMED.format(words=_WORDS.format(where=where))


def words_add(source: str) -> None:
    """Make the words of one source known at once; the next refresh counts them."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD.format(words=_words_of("e.source = %s")), [source])


def words_refresh() -> None:
    """Count every word of what is visible, forget those that left; count who says each term."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '120s'")
        cursor.execute(_COUNT.format(words=_words_of("true")))
        cursor.execute(_FORGET)
        cursor.execute(_KEEP)
        # Also before the commit: a load may refresh twice in one transaction.
        cursor.execute("DROP TABLE fresh_words")
    forget_frequent_stems()
    # Apart: who publishes holds rows of the index, then adds its words.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '120s'")
        cursor.execute(_USES.format(visible=VISIBLE), {"small": small_kinds(), "config": CONFIG})


def frequent_stems() -> frozenset[str]:
    """The fifty stems found in most rows, kept a minute in memory.

    A one-word synonym among them (« patient ») would find the whole library: the
    lexicon does not expand it.
    """
    global _frequent
    if _frequent and time.monotonic() - _frequent[0] < _KEPT_SECONDS:
        return _frequent[1]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stem FROM search_searchword WHERE entries > 0 AND plain <> ALL(%s)"
            " GROUP BY stem ORDER BY max(entries) DESC, stem LIMIT %s",
            [list(EMPTY_WORDS), FREQUENT],
        )
        stems = frozenset(stem for (stem,) in cursor.fetchall())
    _frequent = (time.monotonic(), stems)
    return stems


def forget_frequent_stems() -> None:
    """Read them anew at the next call."""
    global _frequent
    _frequent = None
