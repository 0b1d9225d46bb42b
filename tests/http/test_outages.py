"""Postgres, then Redis, really stopped under a real gunicorn that is never restarted."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings

from cops.embedded.outage import outage
from cops.embedded.sharing import servers
from tests.accounts.people import PASSWORD

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = [
    "/", "/ressources/", "/lexique/", "/recherche/?q=patient", "/contact/", "/compte/connexion/",
]  # fmt: skip

pytestmark = pytest.mark.slow


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Site:
    """The running portal and an administrator's session."""

    port: int
    session: str
    var: Path

    def ask(
        self, address: str, *, signed_in: bool = False, form: dict[str, str] | None = None,
        cookies: str = "",
    ) -> Answer:  # fmt: skip
        """One request on a connection of its own; ``form`` makes it a POST."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = {"Host": "localhost", "Connection": "close"}
        if signed_in:
            cookies = f"{settings.SESSION_COOKIE_NAME}={self.session}"
        if cookies:
            sent["Cookie"] = cookies
        body = None
        if form is not None:
            body = urlencode(form)
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request("GET" if form is None else "POST", address, body, sent)
            response = connection.getresponse()
            return Answer(response.status, dict(response.headers), response.read().decode())
        finally:
            connection.close()

    def statuses(self, times: int = 1) -> set[int]:
        """What the pages answer, anonymous and signed in, over all workers and threads."""
        return {
            self.ask(address, signed_in=signed_in).status
            for _ in range(times)
            for address in PAGES
            for signed_in in (False, True)
            if not (signed_in and address == "/compte/connexion/")  # it sends on who is in
        }


@pytest.fixture(scope="module")
def site():
    """The portal under the flags of production, with servers that no other test uses."""
    var = settings.VAR / "tests" / f"outage-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    shutil.rmtree(var, ignore_errors=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        patch.delenv("REDIS_URL", raising=False)
        patch.setenv("COPS_VAR", str(var))
        patch.setenv("DJANGO_SETTINGS_MODULE", "tests.http.outage_settings")
        (var / "static").mkdir(parents=True)
        with servers(var):
            session = subprocess.run(
                [sys.executable, "-m", "tests.http.outage_site"],
                cwd=ROOT, capture_output=True, text=True, check=True, timeout=120,
            ).stdout.strip()  # fmt: skip
            port = _free_port()
            with (var / "gunicorn.log").open("wb") as log:
                process = subprocess.Popen(
                    [sys.executable, "-m", "gunicorn", "cops.wsgi:application",
                     "-k", "cops.http.worker.Worker", "-w", "2", "--threads", "2",
                     "--limit-request-line", "0", "--no-control-socket", "-b", f"127.0.0.1:{port}"],
                    cwd=ROOT, stdout=log, stderr=log,
                )  # fmt: skip
            try:
                found = Site(port, session, var)
                _wait(found)
                yield found
            finally:
                process.terminate()
                process.wait(20)
    shutil.rmtree(var, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def _wait(site: Site) -> None:
    end = time.monotonic() + 40
    while True:
        try:
            if site.ask("/healthz").status == 200:
                return
        except OSError:
            pass
        if time.monotonic() > end:
            pytest.fail((site.var / "gunicorn.log").read_text()[-3000:])
        time.sleep(0.1)


def test_postgres_stopped_is_a_clear_page_and_its_return_needs_no_restart(site):
    assert site.statuses(3) == {200}
    kept = site.ask("/ressources/")
    with outage("postgres", site.var):
        for address in PAGES:
            for signed_in in (False, True):
                if address == "/compte/connexion/" and not signed_in:
                    continue  # an empty form asks nothing of the database
                answer = site.ask(address, signed_in=signed_in)
                assert answer.status == 503, address
                assert answer.headers["Retry-After"] == "30"
                assert answer.headers["Cache-Control"] == "no-store"
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
                assert "Set-Cookie" not in answer.headers
                assert '<html lang="fr"' in answer.text
                assert "Traceback" not in answer.text
        assert site.ask("/nulle-part/").status == 404
        assert site.ask("/healthz").status == 200
        assert site.ask("/readyz").status == 503
        assert site.ask("/recherche/?q=" + "a" * 10_000).status == 414
    # Every worker and thread held a dead connection: none of them may show it.
    assert site.statuses(4) == {200}
    assert site.ask("/ressources/").text == kept.text


def test_a_restart_of_postgres_between_two_requests_goes_unseen(site):
    assert site.statuses(2) == {200}
    with outage("postgres", site.var):
        pass
    assert site.statuses(4) == {200}


def test_without_redis_every_page_and_form_works(site):
    with outage("redis", site.var):
        assert site.statuses(2) == {200}
        assert site.ask("/readyz").status == 200
        person = "a@example.org"
        assert _post(site, "/compte/connexion/", login=person, password=PASSWORD) == (
            302,
            "/compte/connexion/second-facteur/",
        )
        # Codes are queued: they leave when Redis is back.
        assert _post(site, "/compte/connexion/code/", email=person) == (
            302,
            "/compte/connexion/code/saisie/",
        )
        assert _post(site, "/compte/inscription/", email="b@example.org", terms="on") == (
            302,
            "/compte/adresse/code/",
        )
    assert site.statuses() == {200}


def _post(site: Site, address: str, **form: str) -> tuple[int, str]:
    """What a form of the door answers: status, and where it leads."""
    page = site.ask(address)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    assert token is not None
    cookies = page.headers["Set-Cookie"].split(";")[0]
    answer = site.ask(address, cookies=cookies, form={"csrfmiddlewaretoken": token[1], **form})
    return answer.status, answer.headers.get("Location", "")


def test_nothing_of_a_person_reached_the_logs(site):
    site.ask("/recherche/?q=canaridiabete")
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as visitor:
        # What some programs send: the letters as they are, not as %C3%A9.
        visitor.sendall("GET /recherche/?q=canaridiabète HTTP/1.1\r\n\r\n".encode())
        answer = b"".join(iter(lambda: visitor.recv(65_536), b"")).decode()
    assert answer.startswith("HTTP/1.1 400 ")
    assert '<html lang="fr"' in answer
    text = (site.var / "gunicorn.log").read_text()
    assert "route=recherche/" in text
    for word in ("canaridiab", "127.0.0.1 ", "ip=", "a@example.org", site.session):
        assert word not in text
