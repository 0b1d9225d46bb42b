"""The two statements of a search: what matches with its counts, then the rows of one page."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

# Body, unused, summary, title.
WEIGHTS = "{0.1, 0.2, 0.4, 1.0}"
# 1: a long row is divided by 1 + log(length), else the longest would always win.
LENGTH_RULE = 1
# How much of a row is read to find its excerpt.
READ = 20_000
SECTIONS = 3

VISIBLE = (
    "(visible_from IS NULL OR visible_from <= now())"
    " AND (visible_until IS NULL OR visible_until > now())"
)

# One pass over what matches; the counts, the total and the page are read from it. A facet's
# counts obey the other facet's choices and not its own. Rows of one source are one result.
_MATCH = """
WITH matched AS MATERIALIZED (
    SELECT id, source, key = '' AS whole, family, topics, {exact} AS exact,
           ts_rank('{weights}', vector, {query}, {rule}) AS rank
    FROM search_searchentry
    WHERE vector @@ {query} AND {visible}
), documents AS MATERIALIZED (
    SELECT source, any_value(family) AS family, any_value(topics) AS topics,
           bool_or(exact) AS exact, max(rank) AS rank
    FROM matched GROUP BY source
), tally AS MATERIALIZED (
    SELECT family, topics, exact, count(*) AS n FROM documents GROUP BY family, topics, exact
), chosen AS (
    SELECT source, row_number() OVER (ORDER BY exact DESC, rank DESC, source) AS place
    FROM documents WHERE {of_kind} AND {of_topic}
    ORDER BY exact DESC, rank DESC, source LIMIT %(limit)s OFFSET %(offset)s
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

# Asked of the index once more: reading each vector a second time would cost more.
_EXACT = "id IN (SELECT id FROM search_searchentry WHERE vector @@ {query})"

_ROWS = """
SELECT e.id, e.source, e.key, e.kind, e.family, e.title, e.parent_title, e.url, e.date,
       e.summary, left(e.body, %(read)s),
       CASE WHEN place = 1 THEN (
           SELECT json_object_agg(word, stem)::text FROM search_searchword
           WHERE stem = ANY(%(stems)s)) END
FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS wanted(id, place)
JOIN search_searchentry e USING (id) ORDER BY place
"""
_SOURCES = """
SELECT source FROM search_searchentry
WHERE vector @@ {query} AND starts_with(source, %(prefix)s) AND {visible}
GROUP BY source
ORDER BY bool_or(vector @@ {exact}) DESC, max(ts_rank('{weights}', vector, {query}, {rule})) DESC,
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


def tsquery(texts: Sequence[str], name: str = "text") -> tuple[str, dict[str, str]]:
    """The SQL of the final query, all of ``texts`` joined by OR, and its parameters."""
    params = {f"{name}{number}": text for number, text in enumerate(texts)}
    parts = [f"websearch_to_tsquery('cops_fr', %({key})s)" for key in params]
    return "(" + " || ".join(parts) + ")", params


def match(
    texts: Sequence[str], *, kinds: Sequence[str], topics: Sequence[str], limit: int, offset: int
) -> Matches:
    """Run the query. The first of ``texts`` is what was asked for, the others come after it."""
    query, params = tsquery(texts)
    exact = "true"
    if len(texts) > 1:
        exact = _EXACT.format(query=tsquery(texts[:1])[0])
    sql = _MATCH.format(
        query=query,
        exact=exact,
        weights=WEIGHTS,
        rule=LENGTH_RULE,
        visible=VISIBLE,
        of_kind="family = ANY(%(kinds)s)" if kinds else "true",
        of_topic="topics && %(topics)s::varchar[]" if topics else "true",
        rows=SECTIONS + 1,
    )
    values: dict[str, Any] = {
        **params,
        "kinds": list(kinds),
        "topics": list(topics),
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (answer,) = cursor.fetchone()
    return Matches(**{name: value for name, value in json.loads(answer).items() if value})


def rows(ids: Sequence[int], stems: Collection[str]) -> list[tuple[Any, ...]]:
    """The rows of a page with the beginning of their text, in the order of ``ids``.

    The last column of the first one is a JSON object: every word of the index that has
    one of these stems, with it. It is what the excerpts mark.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"ids": list(ids), "read": READ, "stems": list(stems)})
        return cursor.fetchall()


def match_sources(texts: Sequence[str], *, prefix: str, limit: int) -> list[str]:
    """The sources that match and whose name begins with ``prefix``, best first."""
    query, params = tsquery(texts)
    exact = tsquery(texts[:1])[0]
    sql = _SOURCES.format(
        query=query, exact=exact, weights=WEIGHTS, rule=LENGTH_RULE, visible=VISIBLE
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {**params, "prefix": prefix, "limit": limit})
        return [source for (source,) in cursor.fetchall()]
