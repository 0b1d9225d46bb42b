"""How fast anonymous readers are served, against the empty view of a stock Django project."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.benchmarks.data import a_sheet
from tests.benchmarks.load import requests_per_second
from tests.benchmarks.measure import Line, at_least, at_most, in_turns, measure
from tests.benchmarks.servers import gunicorn

BARE = "tests.benchmarks.bare.wsgi:application"
BARE_SETTINGS = "tests.benchmarks.bare.site"
PORTAL = "cops.wsgi:application"
PORTAL_SETTINGS = "tests.benchmarks.settings"


def addresses() -> dict[str, str]:
    return {"sheet": a_sheet().get_absolute_url(), "list": reverse("resources:list")}


def _compare(name: str, target: float, **environment: str) -> Iterator[Line]:
    with (
        gunicorn(BARE, settings=BARE_SETTINGS) as bare,
        gunicorn(PORTAL, settings=PORTAL_SETTINGS, **environment) as portal,
    ):
        for page, address in addresses().items():
            floor, figure = in_turns(
                lambda: requests_per_second(bare, ["/"]),
                lambda address=address: requests_per_second(portal, [address]),
            )
            yield at_least(
                f"{name} {page}", figure=figure, floor=floor, target=target, unit="req/s"
            )


@measure("pages warm")
def warm() -> Iterator[Line]:
    yield from _compare("pages warm", 0.35)


@measure("pages cold")
def cold() -> Iterator[Line]:
    yield from _compare("pages cold", 0.05, COPS_PAGECACHE_BYTES="0")
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
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = client.get(address)
        statements = [query["sql"] for query in captured if query["sql"].startswith("SELECT")]
        cards = [
            {
                "url": f"/ressources/fiche-{i}/",
                "title": f"Fiche {i} pour agir ensemble",
                "kind": "Fiche « Agir ! »",
                "summary": "Ce que chacun fait, à chaque étape d’un projet de soin. " * 3,
                "meta": ["12 novembre 2026", "Existe en FALC"],
            }
            for i in range(answer.content.count(b"<article") or 20)
        ]

        def floor(statements=statements, cards=cards) -> str:
            with connection.cursor() as cursor:
                for sql in statements:
                    cursor.execute(sql)
                    cursor.fetchall()
            return render_to_string("bench/cards.html", {"cards": cards})

        bare, full = in_turns(_timed(floor), _timed(lambda address=address: client.get(address)))
        yield at_most(f"pages cold {page} / same SQL", figure=full, floor=bare, target=2.5)
