"""The two statements of a search: what matches with its counts, then the rows of one page."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from cops.search.question import Question
from cops.search.registry import small_kinds
from cops.search.spelling import name_key

# A title counts ten times a body (weights: body, unused, summary, title); the document or
# term that bears the very name asked for comes first, then one that has it for other name.
WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"
# 0: a long sheet is not set behind a short definition.
LENGTH_RULE = 0
_RANK = """ts_rank('{weights}', vector, {query}, {rule})
           + CASE WHEN key <> '' OR names NOT LIKE %(name)s THEN 0
                  WHEN names LIKE %(first)s THEN 2 ELSE 1 END"""
# A document whose sections hold the words too speaks of them at length: what each one adds,
# and how many are counted.
PART, PARTS = 0.1, 5
# How much of a row is read to find its excerpt.
READ = 20_000
SECTIONS = 3

# now() is the start of the transaction: what it publishes would not be visible in it.
VISIBLE = (
    "(visible_from IS NULL OR visible_from <= statement_timestamp())"
    " AND (visible_until IS NULL OR visible_until > statement_timestamp())"
)

# What was asked for, then what the lexicon adds: documents to read before small pieces.
_ORDER = "exact DESC, (NOT exact AND family = ANY(%(small)s)), rank DESC, source"
# One pass over what matches; the counts, the total and the page are read from it. A facet's
# counts obey the other facet's choices and not its own. Rows of one source are one result;
# sources are names that nobody reads, compared by their bytes: in the order of French words,
# two thousand of them took a sixth of the time.
_MATCH = """
WITH matched AS MATERIALIZED (
    SELECT id, source COLLATE "C" AS source, key = '' AS whole, family, topics, {exact} AS exact,
           {rank} AS rank
    FROM search_searchentry
    WHERE {found} AND {visible}
), documents AS MATERIALIZED (
    SELECT source, any_value(family) AS family, any_value(topics) AS topics,
           bool_or(exact) AS exact,
           max(rank) + {part} * least(count(*) - 1, {parts}) AS rank
    FROM matched GROUP BY source
), tally AS MATERIALIZED (
    SELECT family, topics, exact, count(*) AS n FROM documents GROUP BY family, topics, exact
), chosen AS (
    SELECT source, row_number() OVER (ORDER BY {order}) AS place
    FROM (SELECT * FROM documents WHERE {of_kind} AND {of_topic}
          ORDER BY {order} LIMIT %(limit)s OFFSET %(offset)s) AS page
), listed AS (
    SELECT id, place, row_number() OVER (
        PARTITION BY place ORDER BY whole DESC, exact DESC, rank DESC, id) AS n
    FROM matched JOIN chosen USING (source)
)
SELECT json_build_object(
    'tree', querytree({query}),
    'matched', (SELECT sum(n) FROM tally),
    'total', (SELECT sum(n) FROM tally WHERE {of_kind} AND {of_topic}),
    'exact', (SELECT sum(n) FROM tally WHERE exact AND {of_kind} AND {of_topic}),
    'kinds', (SELECT json_object_agg(family, n) FROM (
        SELECT family, sum(n) AS n FROM tally WHERE {of_topic} GROUP BY family) AS k),
    'topics', (SELECT json_object_agg(topic, n) FROM (
        SELECT topic, sum(n) AS n FROM tally, unnest(topics) AS topic
        WHERE {of_kind} GROUP BY topic) AS t),
    'rows', (SELECT json_agg(id ORDER BY place, n) FROM listed WHERE n <= {rows})
)::text
"""

# Postgres takes a match to cost what a comparison of two numbers does, and for a common word
# reads all the texts one by one: four times longer than to ask the index. Sent in one piece,
# the three are one round trip and one transaction. Without « jit »: up to Postgres 17, a scan
# that cannot be avoided (« -mot » alone) would look costly enough to be compiled.
_BY_INDEX = "SET LOCAL enable_seqscan = off; SET LOCAL jit = off;"
_AS_USUAL = "; SET LOCAL enable_seqscan = DEFAULT; SET LOCAL jit = DEFAULT"

# Asked of the index once more: reading each vector a second time would cost more.
_EXACT = "id IN (SELECT id FROM search_searchentry WHERE {asked})"

_ROWS = """
SELECT e.id, e.source, e.key, e.kind, e.family, e.title, e.parent_title, e.url, e.date,
       e.summary,
       CASE WHEN row_number() OVER (PARTITION BY e.source ORDER BY e.key = '', place) = 1
            THEN (SELECT left(body, %(read)s) FROM search_searchtext WHERE entry_id = e.id)
            ELSE '' END,
       CASE WHEN place = 1 THEN (
           SELECT json_object_agg(word, stem)::text FROM search_searchword
           WHERE stem = ANY(%(stems)s)) END
FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS wanted(id, place)
JOIN search_searchentry e USING (id) ORDER BY place
"""
_SOURCES = """
SELECT source FROM search_searchentry
WHERE {found} AND starts_with(source, %(prefix)s) AND {visible}
GROUP BY source
ORDER BY bool_or({asked}) DESC, max({rank}) + {part} * least(count(*) - 1, {parts}) DESC,
         source
LIMIT %(limit)s
"""


@dataclass(frozen=True, kw_only=True)
class Matches:
    """What the first statement says; ``rows`` are the page's rows, in order, documents first."""

    tree: str = ""
    matched: int = 0
    total: int = 0
    exact: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    topics: dict[str, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)


class FinalQuery:
    """The tsquery of a question, as SQL with its parameters.

    ``whole`` holds what was asked for and what the lexicon adds; ``found`` says the same as a
    condition that the indexes answer, ``asked`` the first half of it. A query with a weight in
    it (« in the title ») would have each row read that holds the words anywhere.
    """

    def __init__(self, question: Question) -> None:
        self.params = {"exact": question.exact}
        parts = ["websearch_to_tsquery('cops_fr', %(exact)s)"]
        in_titles, by_titles = "", ""
        if question.titles:
            self.params["titles"] = _together(question.titles)
            self.params["weighted"] = _together(question.titles, weight=":A")
            in_titles = " || to_tsquery('cops_fr', %(weighted)s)"
            by_titles = " OR ts_filter(vector, '{a}') @@ to_tsquery('cops_fr', %(titles)s)"
        self.asked = f"(vector @@ {parts[0]}{by_titles})"
        for number, text in enumerate(question.alternatives):
            self.params[f"other{number}"] = text
            parts.append(f"websearch_to_tsquery('cops_fr', %(other{number})s)")
        self.whole = f"({' || '.join(parts)}{in_titles})"
        self.found = f"(vector @@ ({' || '.join(parts)}){by_titles})"

    def text(self) -> str:
        """The final tsquery in words, as Postgres writes it."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {self.whole}::text", self.params)
            return cursor.fetchone()[0]


def _together(titles: list[list[str]], weight: str = "") -> str:
    groups = (" & ".join(f"{word}{weight}" for word in words) for words in titles)
    return " | ".join(f"({group})" for group in groups)


def _rank(query: FinalQuery) -> str:
    return _RANK.format(query=query.whole, weights=WEIGHTS, rule=LENGTH_RULE)


def _names(question: Question) -> dict[str, str]:
    name = name_key(question.text)
    return {"name": f"%| {name} |%", "first": f"| {name} |%"}


def match(
    question: Question, *, kinds: Sequence[str], topics: Sequence[str], limit: int, offset: int
) -> Matches:
    """Run the query, and count by kind and by topic."""
    query = FinalQuery(question)
    sql = _MATCH.format(
        query=query.whole,
        found=query.found,
        exact=_EXACT.format(asked=query.asked) if question.alternatives else "true",
        rank=_rank(query),
        visible=VISIBLE,
        of_kind="family = ANY(%(kinds)s)" if kinds else "true",
        of_topic="topics && %(topics)s::varchar[]" if topics else "true",
        part=PART,
        parts=PARTS,
        order=_ORDER,
        rows=SECTIONS + 1,
    )
    values: dict[str, Any] = {
        **query.params,
        **_names(question),
        "small": small_kinds(),
        "kinds": list(kinds),
        "topics": list(topics),
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(f"{_BY_INDEX}{sql}{_AS_USUAL}", values)
        for _setting in range(2):  # the two settings answer first
            cursor.nextset()
        (answer,) = cursor.fetchone()
    return Matches(**{name: value for name, value in json.loads(answer).items() if value})


def rows(ids: Sequence[int], stems: Collection[str]) -> list[tuple[Any, ...]]:
    """The rows of a page, in the order of ``ids``.

    The one that the excerpt of its source is taken from, the first section or else the
    document, comes with the beginning of its text; the text of the others is empty.
    The last column of the first one is a JSON object: every word of the index that has
    one of these stems, with it. It is what the excerpts mark.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"ids": list(ids), "read": READ, "stems": list(stems)})
        return cursor.fetchall()


def match_sources(question: Question, *, prefix: str, limit: int) -> list[str]:
    """The sources that match and whose name begins with ``prefix``, best first."""
    query = FinalQuery(question)
    sql = _SOURCES.format(
        found=query.found,
        asked=query.asked,
        rank=_rank(query),
        part=PART,
        parts=PARTS,
        visible=VISIBLE,
    )
    values: dict[str, Any] = {
        **query.params,
        **_names(question),
        "prefix": prefix,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [source for (source,) in cursor.fetchall()]
