"""What the API costs beyond the rows it gives, and what a reader who has them already costs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from cops.api.pagination import SIZE_AT_MOST
from tests.benchmarks import floor
from tests.benchmarks.load import requests_per_second
from tests.benchmarks.measure import (
    SHORT_ROUNDS,
    Line,
    at_least,
    at_most,
    bound,
    in_turns,
    measure,
)
from tests.benchmarks.pages import BARE, BARE_SETTINGS, PORTAL, PORTAL_SETTINGS
from tests.benchmarks.servers import gunicorn

FIRST = f"/api/v1/resources/?taille={SIZE_AT_MOST}"


@measure("api")
def api() -> Iterator[Line]:
    with override_settings(ROOT_URLCONF=floor.__name__, PAGECACHE_BYTES=0):
        client = Client(headers={"host": "localhost"})
        pages = list(_walk(client))
        rows = [f"/plancher/api/{page}/" for page in range(len(pages))]
        bare, full = in_turns(_each(client, rows), _each(client, pages))
        yield at_most(
            f"api {len(pages)} pages of {SIZE_AT_MOST}", figure=full, floor=bare, target=3
        )
        with CaptureQueriesContext(connection) as captured:
            client.get(pages[1])
        yield bound("api queries", figure=len(captured), target=4)
        mark = client.get(FIRST).headers["ETag"]
    with (
        gunicorn(BARE, settings=BARE_SETTINGS) as stock,
        gunicorn(PORTAL, settings=PORTAL_SETTINGS) as portal,
    ):
        slow, quick = in_turns(
            lambda: requests_per_second(stock, ["/"]),
            lambda: requests_per_second(
                portal,
                [FIRST],
                headers={"If-None-Match": mark},
                statuses=frozenset({304}),
            ),
            rounds=SHORT_ROUNDS,
        )
    yield at_least("api 304", figure=quick, floor=slow, target=0.5, unit="req/s")


def _walk(client: Client) -> Iterator[str]:
    """The address of each page of the whole list, as ``next`` gives them."""
    address: str | None = FIRST
    while address:
        yield address
        found = client.get(address).json()["next"]
        parts = urlsplit(found) if found else None
        address = f"{parts.path}?{parts.query}" if parts else None


def _each(client: Client, addresses: list[str]) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        for address in addresses:
            client.get(address)
        return (time.perf_counter() - start) / len(addresses) * 1000

    return run
