"""The search service against the same final query, rank, limit and excerpts as two statements."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote_plus

import yaml
from django.db import connection
from django.urls import reverse

from cops.search import find
from cops.search.question import ask
from cops.search.statements import LENGTH_RULE, READ, VISIBLE, WEIGHTS, FinalQuery
from tests.benchmarks.load import requests_per_second
from tests.benchmarks.measure import SHORT_ROUNDS, Line, at_least, at_most, in_turns, measure
from tests.benchmarks.pages import BARE, BARE_SETTINGS, PORTAL, PORTAL_SETTINGS
from tests.benchmarks.servers import gunicorn

QUERIES = Path(__file__).resolve().parent.parent / "search" / "queries.yaml"

_RANKED = """
SELECT id FROM search_searchentry WHERE vector @@ {query} AND {visible}
ORDER BY ts_rank('{weights}', vector, {query}, {rule}) DESC, id LIMIT 20
"""
_EXCERPTS = """
SELECT id, title, url, ts_headline('cops_fr', summary || ' ' || left(body, {read}), {query},
       'StartSel=<mark>, StopSel=</mark>, MaxFragments=2')
FROM search_searchentry JOIN search_searchtext ON entry_id = id WHERE id = ANY(%(ids)s)
"""


def real_queries() -> list[str]:
    """The forty queries whose results are tested, as people type them."""
    return [row["q"] for row in yaml.safe_load(QUERIES.read_text())][:40]


def _two_statements(final: FinalQuery) -> None:
    query, params = final.whole, final.params
    parts = {"query": query, "visible": VISIBLE, "weights": WEIGHTS, "rule": LENGTH_RULE}
    with connection.cursor() as cursor:
        cursor.execute(_RANKED.format(**parts), params)
        ids = [row[0] for row in cursor.fetchall()]
        cursor.execute(_EXCERPTS.format(query=query, read=READ), {**params, "ids": ids})
        cursor.fetchall()


def _slowest(calls: list[Callable[[], object]]) -> Callable[[], float]:
    """p95 of the calls, in milliseconds."""

    def run() -> float:
        times = []
        for call in calls:
            start = time.perf_counter()
            call()
            times.append((time.perf_counter() - start) * 1000)
        return statistics.quantiles(times, n=20)[-1]

    return run


@measure("search")
def search() -> Iterator[Line]:
    queries = real_queries()
    final = [FinalQuery(ask(text)) for text in queries]
    floor, figure = in_turns(
        _slowest([lambda query=query: _two_statements(query) for query in final]),
        _slowest([lambda text=text: find(text) for text in queries]),
    )
    yield at_most("search service, p95", figure=figure, floor=floor, target=1.6)

    address = reverse("search:results")
    paths = [f"{address}?q={quote_plus(text)}&mesure=1" for text in queries]
    with (
        gunicorn(BARE, settings=BARE_SETTINGS) as bare,
        gunicorn(PORTAL, settings=PORTAL_SETTINGS) as portal,
    ):
        floor, figure = in_turns(
            lambda: requests_per_second(bare, ["/"]),
            lambda: requests_per_second(portal, paths),
            rounds=SHORT_ROUNDS,
        )
    yield at_least("search page", figure=figure, floor=floor, target=0.012, unit="req/s")
