"""Forty phones that wait for each other, the turn of the wheels, and the figures of the region."""

from __future__ import annotations

import contextlib
import http.client
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from selfassess.enums import Mode
from selfassess.models import Assessment, Grid, SharedScore
from selfassess.reading.grids import version_in_use
from selfassess.reading.statistics import choices, counted, figures
from selfassess.services.answers import answers_save, answers_send
from selfassess.services.assessments import assessment_open, participant_join
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

PHONES = 40
ROLE = "professionnel"
PAGE = Path(__file__).resolve().parent.parent.parent / "templates/selfassess/waiting.html"
SHARED = 1_000_000


@dataclass(frozen=True)
class Meeting:
    """A group whose members have their places: the addresses that their phones ask for."""

    code: str
    secrets: list[str]

    def page(self, name: str, rank: int) -> str:
        return reverse(f"selfassess:{name}", args=[self.code, self.secrets[rank]])


@contextlib.contextmanager
def meeting(*, sent: int = 0) -> Iterator[Meeting]:
    """PHONES people who have answered; ``sent`` of them have sent theirs. Gone afterwards."""
    version = version_in_use(Grid.objects.get(slug="groupe-de-travail"))
    opened = assessment_open(version=version, mode=Mode.GROUP, expected=PHONES)
    marks = dict.fromkeys(version.read().criteria, 2)
    secrets = []
    for rank in range(PHONES):
        person, secret = participant_join(assessment=opened.assessment, role=ROLE)
        answers_save(participant=person, scores=marks)
        if rank < sent:
            answers_send(participant=person)
        secrets.append(secret)
    try:
        yield Meeting(opened.code, secrets)
    finally:
        Assessment.objects.filter(pk=opened.assessment.pk).delete()
        connections.close_all()


class Phone:
    """One phone: a connection that is kept, and the cookie of the forms."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("localhost", port, timeout=30)
        self.cookie = ""

    def ask(self, path: str, form: dict[str, str] | None = None, etag: str = "") -> tuple[int, str]:
        """The status and the page; ``form`` makes it a POST."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        if etag:
            headers["If-None-Match"] = etag
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode(form)
        self.connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        if given := answer.headers.get("Set-Cookie"):
            self.cookie = given.split(";", 1)[0]
        self.etag = answer.headers.get("ETag", "")
        return answer.status, text

    def token(self, path: str) -> str:
        """The token of the form of a page."""
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.ask(path)[1])
        assert found is not None
        return found[1]


def every_seconds() -> float:
    """How often a page that waits asks."""
    found = re.search(r'hx-trigger="every (\d+)s', PAGE.read_text())
    assert found is not None
    return float(found[1])


@contextlib.contextmanager
def filling(port: int, group: Meeting) -> Iterator[list[int]]:
    """Meanwhile the forty answer, each a criterion every five seconds, as their pages do it."""
    over = threading.Event()
    kept: list[int] = []

    def fill() -> None:
        phone = Phone(port)
        token = phone.token(group.page("answer", 0) + "?axe=tout")
        rank = 0
        while not over.wait(5 / PHONES):
            rank = (rank + 1) % PHONES
            address = group.page("answer", rank) + "?axe=tout"
            fields = {"csrfmiddlewaretoken": token, "CE1": str(rank % 5), "dessiner": "1"}
            assert phone.ask(address, fields)[0] == 302
            assert phone.ask(address)[0] == 200  # the page that is redrawn
            kept.append(rank)

    thread = threading.Thread(target=fill)
    thread.start()
    try:
        yield kept
    finally:
        over.set()
        thread.join(30)


@measure("selfassess poll")
def poll() -> Iterator[Line]:
    with meeting() as group:
        paths = [group.page("state", rank) for rank in range(PHONES)]
        etag = Client(headers={"host": "localhost"}).get(paths[0]).headers["ETag"]
        with (
            gunicorn(BARE, settings=BARE_SETTINGS) as bare,
            gunicorn(PORTAL, settings=PORTAL_SETTINGS) as portal,
            filling(portal, group) as kept,
        ):
            floor, figure = in_turns(
                lambda: requests_per_second(bare, ["/"], connections=PHONES),
                lambda: requests_per_second(
                    portal,
                    paths,
                    connections=PHONES,
                    headers={"If-None-Match": etag},
                    statuses=frozenset({304}),
                ),
                rounds=SHORT_ROUNDS,
            )
            assert kept
        yield at_least("selfassess poll 304", figure=figure, floor=floor, target=0.3, unit="req/s")
        client = Client(headers={"host": "localhost"})
        # In a transaction, what is read straight on libpq is read by Django, which counts it.
        with transaction.atomic(), CaptureQueriesContext(connection) as captured:
            answer = client.get(paths[0], headers={"If-None-Match": etag})
        assert answer.status_code == 304, answer.status_code
        yield bound("selfassess poll queries", figure=len(captured), target=2)


@measure("selfassess reveal")
def reveal() -> Iterator[Line]:
    slowest = []
    with gunicorn(PORTAL, settings=PORTAL_SETTINGS) as portal:
        for _ in range(3):
            with meeting(sent=PHONES - 1) as group:
                slowest.append(_turn(portal, group))
    yield bound(f"selfassess reveal, {PHONES} screens", figure=max(slowest), target=3, unit="s")


def _turn(port: int, group: Meeting) -> float:
    """Seconds from the last sending to the last screen that shows the wheels."""
    every = every_seconds()
    shown: dict[int, float] = {}
    waiting = threading.Barrier(PHONES)  # the phones that wait, and the one that sends

    def wait_for_the_others(rank: int) -> None:
        phone = Phone(port)
        assert "data-follow" in phone.ask(group.page("mine", rank))[1]
        status, _ = phone.ask(group.page("state", rank))
        etag = phone.etag
        waiting.wait(60)
        time.sleep(every * rank / PHONES)  # they did not come at the same moment
        while True:
            status, text = phone.ask(group.page("state", rank), etag=etag)
            etag = phone.etag
            if status == 200 and "data-over" in text:
                break
            time.sleep(every)
        assert "La roue du groupe" in phone.ask(group.page("mine", rank))[1]
        shown[rank] = time.perf_counter()

    threads = [
        threading.Thread(target=wait_for_the_others, args=[rank]) for rank in range(PHONES - 1)
    ]
    for thread in threads:
        thread.start()
    last = Phone(port)
    address = group.page("review", PHONES - 1)
    token = last.token(address)
    waiting.wait(60)
    time.sleep(every)  # all of them are asking by now
    start = time.perf_counter()
    assert last.ask(address, {"csrfmiddlewaretoken": token})[0] == 302
    assert "La roue du groupe" in last.ask(group.page("mine", PHONES - 1))[1]
    shown[PHONES - 1] = time.perf_counter()
    for thread in threads:
        thread.join(60)
    assert len(shown) == PHONES, f"{PHONES - len(shown)} écrans n’ont pas suivi"
    return max(shown.values()) - start


_FILL = """
INSERT INTO selfassess_sharedscore (grid, version, criterion, role, value, quarter, department)
SELECT 'groupe-de-travail', 1,
       (ARRAY['CE', 'CC', 'CD', 'CM'])[1 + (n / 3) %% 4] || 1 + n %% 3,
       (ARRAY['professionnel','partenaire'])[1 + (n / 12) %% 2],
       nullif((n / 24) %% 6, 5),
       '20' || 24 + (n / 144) %% 3 || '-T' || 1 + (n / 432) %% 4, ''
FROM generate_series(1, %s) AS n ORDER BY random()
"""
_SAME = """
SELECT grid, quarter, role, criterion, value, count(*)
FROM selfassess_sharedscore GROUP BY grid, quarter, role, criterion, value
"""


@measure("selfassess statistics")
def statistics() -> Iterator[Line]:
    with connection.cursor() as cursor:
        if SharedScore.objects.count() != SHARED:
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("TRUNCATE selfassess_sharedscore RESTART IDENTITY")
            cursor.execute(_FILL, [SHARED])
            cursor.execute("RESET statement_timeout")
        cursor.execute("VACUUM ANALYZE selfassess_sharedscore")
    floor, figure = in_turns(_timed(_one_statement), _timed(_as_the_page))
    yield at_most(
        f"selfassess statistics, {SHARED:,} scores", figure=figure, floor=floor, target=1.3
    )


def _one_statement() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_SAME)
        cursor.fetchall()


def _as_the_page() -> None:
    """All that the team's page reads: what may be chosen, and the figures of a choice."""
    counts = counted()
    known = choices(counts)
    rows = figures(counts, grid="groupe-de-travail", role=ROLE, quarter=known["quarter"][-1])
    assert len(rows) == 12
    assert not rows[0].hidden


def _timed(call: Callable[[], None]) -> Callable[[], float]:
    def run() -> float:
        start = time.perf_counter()
        call()
        return (time.perf_counter() - start) * 1000

    return run
