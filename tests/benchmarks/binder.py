"""What a binder costs beyond WeasyPrint alone on the same HTML, and what its worker weighs."""

from __future__ import annotations

import itertools
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pikepdf
from django.template.loader import render_to_string

from cops.exports.models import Export
from cops.pdf import engine
from resources.documents import binder_files
from resources.documents.binder import leaf_html, style_sheets
from resources.documents.sheet import Form
from resources.models import Resource
from tests.benchmarks.measure import Line, at_most, bound, measure

# How many turns of each size: the long ones say enough in one.
ROUNDS = {10: 3, 50: 1, 100: 1}
_WORKER = "import django; django.setup(); from tests.benchmarks.binder import main; main()"
_BODY = ('<body class="binder">', "</body>")


def sheets(number: int) -> list[int]:
    """That many sheets of the starting content, and from then on copies of them."""
    real = Resource.objects.public().exclude(slug__startswith="mesure-").order_by("kind", "pk")
    originals = list(real.exclude(slug__startswith="copie-"))
    for rank in range(len(originals), number):
        slug = f"copie-{rank}"
        if not Resource.objects.filter(slug=slug).exists():
            _copy(originals[rank % len(originals)], slug)
    copies = Resource.objects.filter(slug__startswith="copie-").order_by("pk")
    return [row.pk for row in itertools.islice(itertools.chain(originals, copies), number)]


def _copy(original: Resource, slug: str) -> None:
    """The same words under another address: what is laid out, and no more."""
    terms = list(original.listed_terms.values_list("term_id", "position"))
    sections = list(original.sections.select_related("path").order_by("pk"))
    row = Resource.objects.get(pk=original.pk)
    row.pk, row.slug, row.number = None, slug, None
    row._state.adding = True
    row.save()
    for term, position in terms:
        row.listed_terms.create(term_id=term, position=position)
    for section in sections:
        path = getattr(section, "path", None)
        steps = list(path.steps.all()) if path else []
        section.pk, section.resource, section._state.adding = None, row, True
        section.save()
        if path:
            path.pk, path.section, path._state.adding = None, section, True
            path.save()
            for step in steps:
                step.pk, step.path, step._state.adding = None, path, True
                step.save()


def _asked(rows: list[int], target: Path) -> Export:
    parameters = {
        "binder": "mesure", "name": "Mesure", "day": "2026-11-26", "letters": "standard",
        "sheets": rows,
    }  # fmt: skip
    export = Export(kind=binder_files.PDF, parameters=parameters)
    export.target = target
    return export


def _make(rows: list[int], target: Path) -> float:
    start = time.perf_counter()
    binder_files.binder_pdf(_asked(rows, target), lambda done, total, phase: None)
    return time.perf_counter() - start


def one_page(rows: list[int]) -> str:
    """The same sheets as a single page of HTML, its contents numbered by the engine."""
    found = {row.pk: row for row in binder_files._on_view().filter(pk__in=rows)}
    leaves = binder_files._leaves([found[pk] for pk in rows], Form.STANDARD, "Mesure")
    links = "".join(
        f'<link rel="stylesheet" href="{name}">' for name in style_sheets(Form.STANDARD)
    )
    cover = SimpleNamespace(
        running_name="Mesure", balanced_name="Mesure", name="Mesure", day=date(2026, 11, 26),
        extent=f"{len(rows)} fiches", address="http://localhost/", printed_address="localhost",
        code="",
    )  # fmt: skip
    front = render_to_string(
        "resources/pdf/binder.html",
        {"title": "Mesure", "cover": cover, "lines": [(leaf, 1) for leaf in leaves], "site": {}},
    )
    bodies = [_body(front), *(_body(leaf_html(leaf)) for leaf in leaves)]
    return (
        f'<!doctype html><html lang="fr"><head><title>Mesure</title>{links}</head>'
        f'<body class="binder">{"".join(bodies)}</body></html>'
    )


def _body(html: str) -> str:
    return html.split(_BODY[0], 1)[1].rsplit(_BODY[1], 1)[0]


@measure("binder")
def binder() -> Iterator[Line]:
    per_page = {}
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "classeur.pdf"
        for size, rounds in ROUNDS.items():
            rows = sheets(size)
            turns = [(_alone(one_page(rows)), _make(rows, target)) for _ in range(rounds)]
            floor, figure = (statistics.median(times) for times in zip(*turns, strict=True))
            per_page[size] = figure / _pages(target)
            yield at_most(f"binder {size} sheets", figure=figure, floor=floor, target=1.3, unit="s")
    yield at_most(
        "binder linear, a page of 100 over 10",
        figure=per_page[100] * 1000, floor=per_page[10] * 1000, target=1.3,
    )  # fmt: skip
    yield bound("binder worker, 100 sheets", figure=_worker(sheets(100)), target=500, unit="MB")


def _alone(html: str) -> float:
    start = time.perf_counter()
    engine.weasyprint_alone(html)
    return time.perf_counter() - start


def _pages(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def _worker(rows: list[int]) -> float:
    """The most memory that a fresh process takes to make the document."""
    done = subprocess.run(
        [sys.executable, "-c", _WORKER, json.dumps(rows)],
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


def main() -> None:
    """In a process of its own: make the document, say the most memory that it took."""
    rows = json.loads(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        _make(rows, Path(folder) / "classeur.pdf")
    # Not ru_maxrss: a process inherits that of the one that started it.
    status = Path("/proc/self/status").read_text()
    peak = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    sys.stdout.write(f"{int(peak[1]) / 1024:.1f}\n")
