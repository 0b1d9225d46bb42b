"""What our PDF costs beyond WeasyPrint alone, and what a kept copy costs beyond its file."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from cops.pdf import engine
from resources.documents import resource_pdf
from resources.models import PreparedDocument
from tests.benchmarks.data import a_sheet, sheet_html
from tests.benchmarks.load import requests_per_second
from tests.benchmarks.measure import SHORT_ROUNDS, Line, at_least, at_most, in_turns, measure
from tests.benchmarks.pages import BARE, BARE_SETTINGS, PORTAL, PORTAL_SETTINGS
from tests.benchmarks.servers import gunicorn


def _timed(call: Callable[[], object]) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        call()
        return (time.perf_counter() - start) * 1000

    return run


@measure("pdf")
def pdf() -> Iterator[Line]:
    html = sheet_html()
    floor, figure = in_turns(
        _timed(lambda: engine.weasyprint_alone(html)), _timed(lambda: engine.make(html))
    )
    yield at_most("pdf sheet", figure=figure, floor=floor, target=1.25)

    resource = a_sheet()
    kept = resource_pdf(resource, PreparedDocument.Form.STANDARD)
    with (
        gunicorn(BARE, settings=BARE_SETTINGS, BENCH_FILE=str(kept.path)) as bare,
        gunicorn(PORTAL, settings=PORTAL_SETTINGS) as portal,
    ):
        floor, figure = in_turns(
            lambda: requests_per_second(bare, ["/fichier.pdf"]),
            lambda: requests_per_second(portal, [f"/ressources/{resource.slug}.pdf"]),
            rounds=SHORT_ROUNDS,
        )
    yield at_least("pdf kept copy", figure=figure, floor=floor, target=0.8, unit="req/s")
