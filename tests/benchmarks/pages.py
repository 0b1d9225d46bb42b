"""How fast anonymous readers are served, against the empty view of a stock Django project."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from tests.benchmarks import floor
from tests.benchmarks.data import a_sheet
from tests.benchmarks.load import requests_per_second
from tests.benchmarks.measure import SHORT_ROUNDS, Line, at_least, at_most, in_turns, measure
from tests.benchmarks.servers import gunicorn

BARE = "tests.benchmarks.bare.wsgi:application"
BARE_SETTINGS = "tests.benchmarks.bare.site"
PORTAL = "cops.wsgi:application"
# As every browser asks: what is measured is what a reader is sent.
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
PORTAL_SETTINGS = "tests.benchmarks.settings"


def addresses() -> dict[str, str]:
    return {"sheet": a_sheet().get_absolute_url(), "list": reverse("resources:list")}


def _compare(name: str, target: float, **environment: str) -> Iterator[Line]:
    with (
        gunicorn(BARE, settings=BARE_SETTINGS) as bare,
        gunicorn(PORTAL, settings=PORTAL_SETTINGS, **environment) as portal,
    ):
        for page, address in addresses().items():
            stock, figure = in_turns(
                lambda: requests_per_second(bare, ["/"], headers=BROWSER),
                lambda address=address: requests_per_second(portal, [address], headers=BROWSER),
                rounds=SHORT_ROUNDS,
            )
            yield at_least(
                f"{name} {page}", figure=figure, floor=stock, target=target, unit="req/s"
            )


@measure("pages warm")
def warm() -> Iterator[Line]:
    yield from _compare("pages warm", 0.35)


@measure("pages cold")
def cold() -> Iterator[Line]:
    yield from _compare("pages cold", 0.05, COPS_PAGECACHE_BYTES="0")
    with override_settings(ROOT_URLCONF=floor.__name__):
        yield from _against_the_same_sql()


def _timed(call: Callable[[], object], times: int = 10) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        for _ in range(times):
            call()
        return (time.perf_counter() - start) / times * 1000

    return run


def _against_the_same_sql() -> Iterator[Line]:
    """The page against a view that sends the same SQL as text and renders cards from dicts."""
    client = Client(headers={"host": "localhost"})
    for page, address in addresses().items():
        address += "?inconnu=1"  # an unknown parameter: never kept, so the view runs each time
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        floor.STATEMENTS[:] = [query["sql"] for query in captured]
        # A sheet has no cards: each of its sections and steps counts as one.
        cards = sum(answer.content.count(mark) for mark in (b"<article", b"<section", b"<h4"))
        bare, full = in_turns(
            _timed(lambda cards=cards: client.get(f"/plancher/{cards}/")),
            _timed(lambda address=address: client.get(address)),
        )
        yield at_most(f"pages cold {page} / same SQL", figure=full, floor=bare, target=2.5)
