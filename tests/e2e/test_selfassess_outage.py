"""The database restarts while forty phones wait for each other and one of them answers.

Real servers that no other test uses, a real gunicorn that is never restarted, and two browsers.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from cops.embedded.outage import outage
from cops.embedded.sharing import servers
from tests.benchmarks.servers import free_port
from tests.e2e.models import Models
from tests.e2e.portal import ROOT, _wait

pytestmark = pytest.mark.slow
PHONES = 40


@dataclass
class Room:
    """A running portal with one group of forty: the last two have a browser."""

    port: int
    var: Any
    code: str
    secrets: list[str]
    environment: dict[str, str]

    def path(self, rank: int, tail: str = "") -> str:
        return f"/autoevaluation/e/{self.code}/p/{self.secrets[rank]}/{tail}"

    def kept(self) -> dict[str, Any]:
        """What the database keeps of the group."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.selfassess_room", "kept"],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def room(models: Models) -> Iterator[Room]:
    var = settings.VAR / "tests" / f"room-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    shutil.rmtree(var, ignore_errors=True)
    port = free_port()
    origin = f"http://localhost:{port}"
    environment = {**os.environ, "COPS_VAR": str(var), "E2E_ORIGIN": origin,
                   "DJANGO_SETTINGS_MODULE": "tests.e2e.settings", "E2E_DATABASE": "cops",
                   "E2E_FOLDER": str(var), "E2E_STATIC": str(models.static_files())}  # fmt: skip
    for name in ("DATABASE_URL", "REDIS_URL"):
        environment.pop(name, None)
    var.mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPS_VAR", str(var))
        with servers(var):
            made = subprocess.run(
                [sys.executable, "-m", "tests.e2e.selfassess_room", "make", str(PHONES)],
                cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120,
            )  # fmt: skip
            assert made.returncode == 0, made.stderr
            told = json.loads(made.stdout.splitlines()[-1])
            with (var / "gunicorn.log").open("wb") as log:
                process = subprocess.Popen(
                    [sys.executable, "-m", "gunicorn", "cops.wsgi:application",
                     "-k", "cops.http.worker.Worker", "-w", "2", "--threads", "4",
                     "--limit-request-line", "0", "--no-control-socket", "-b", f"127.0.0.1:{port}"],
                    cwd=ROOT, env=environment, stdout=log, stderr=log,
                )  # fmt: skip
            try:
                _wait(origin, process)
                yield Room(port, var, told["code"], told["secrets"], environment)
            finally:
                process.terminate()
                process.wait(20)
    shutil.rmtree(var, ignore_errors=True)


@dataclass
class Phones:
    """Forty screens that wait: each asks again as soon as it was answered."""

    room: Room
    over: threading.Event = field(default_factory=threading.Event)
    # Of the moment that the test names: status, and whether it said when to come back.
    seen: Counter[tuple[int, str | None]] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self.threads = [threading.Thread(target=self._wait, args=[n]) for n in range(PHONES)]
        for thread in self.threads:
            thread.start()

    def _wait(self, rank: int) -> None:
        address, etag = self.room.path(rank, "etat/"), ""
        while not self.over.wait(0.05):
            connection = http.client.HTTPConnection("127.0.0.1", self.room.port, timeout=60)
            try:
                headers = {"Host": "localhost", "If-None-Match": etag}
                connection.request("GET", address, headers=headers)
                answer = connection.getresponse()
                answer.read()
                etag = answer.headers.get("ETag") or etag
                self.seen[answer.status, answer.headers.get("Retry-After")] += 1
            except (OSError, http.client.HTTPException) as error:
                self.faults.append(repr(error))
            finally:
                connection.close()

    def until(self, status: int, times: int) -> None:
        """Forget what was seen, then wait until ``status`` was seen so many times."""
        self.seen.clear()
        tick = threading.Event()
        for _ in range(1_200):
            if sum(n for (code, _), n in self.seen.items() if code == status) >= times:
                return
            tick.wait(0.05)
        raise AssertionError(f"{status} attendu : {self.seen}")

    def stop(self) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join(90)


def _open(browser: Browser, room: Room, rank: int) -> Page:
    context = browser.new_context(base_url=f"http://localhost:{room.port}", locale="fr-FR",
                                  viewport={"width": 360, "height": 740})  # fmt: skip
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(room.path(rank))
    return page


def test_forty_phones_see_the_database_come_back_and_nothing_that_was_confirmed_is_lost(
    room, browser
):
    waits, answers = _open(browser, room, PHONES - 2), _open(browser, room, PHONES - 1)
    expect(waits.get_by_role("heading", name="Votre roue est prête")).to_be_visible()
    answers.locator("input[name='CE1'][value='4']").check()
    expect(answers.get_by_text("1 réponse sur 12")).to_be_visible()  # confirmed
    phones = Phones(room)
    phones.start()
    try:
        phones.until(304, 2 * PHONES)
        with outage("postgres", room.var):
            phones.until(503, PHONES)
            # Each 503 says when to come back; none is a fault of another kind.
            assert {key for key in phones.seen if key[0] not in (200, 304)} == {(503, "30")}
            answers.locator("input[name='CE2'][value='1']").check()
            expect(answers.get_by_text("Pas encore enregistré")).to_be_visible()
            expect(answers.get_by_role("button", name="Dessiner ma roue")).to_be_visible()
            expect(waits.get_by_text("39 sur 40")).to_be_visible()  # its page is still there
        phones.until(304, 2 * PHONES)
        assert {status for status, _ in phones.seen} <= {200, 304, 503}
        assert phones.faults == []
        # The page tries again by itself, with what was chosen meanwhile.
        expect(answers.get_by_text("2 réponses sur 12")).to_be_visible(timeout=60_000)
    finally:
        phones.stop()
    kept = room.kept()
    assert kept["scores"][PHONES - 1] == {"CE1": 4, "CE2": 1}
    assert kept["scores"][: PHONES - 1] == [kept["scores"][0]] * (PHONES - 1)
    assert len(kept["scores"][0]) == 12

    # They end it: the screen that waited through the outage still follows.
    answers.get_by_role("link", name="Tout sur une page").click()
    assert answers.locator("input[name='CE1']:checked").input_value() == "4"
    for code in [*(f"CE{n}" for n in (3,)), *(f"{a}{n}" for a in ("CC", "CD", "CM")
                                             for n in (1, 2, 3))]:  # fmt: skip
        answers.locator(f"input[name='{code}'][value='2']").check()
    answers.get_by_role("button", name="Relire ma roue").click()
    answers.get_by_role("button", name="J’ai terminé").click()
    for page in (answers, waits):
        expect(page.get_by_role("heading", name="La roue du groupe")).to_be_visible(timeout=60_000)
        page.context.close()
