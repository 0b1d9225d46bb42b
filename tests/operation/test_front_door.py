"""The Caddyfile under a real Caddy, in front of a small server that tells what it was sent."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings

from cops.embedded import system

DEPLOY = settings.ROOT / "deploy"
CANARY = "canaridiabete"

pytestmark = pytest.mark.slow


def caddy() -> Path:
    """The program: on the PATH, else unpacked from Debian's package without installing it."""
    if found := os.environ.get("CADDY") or shutil.which("caddy"):
        return Path(found)
    folder = settings.VAR / "tests" / "caddy"
    program = folder / "usr" / "bin" / "caddy"
    if not program.exists() and system.may_install():
        folder.mkdir(parents=True, exist_ok=True)
        quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "download", "caddy"], **quiet)
        for package in folder.glob("caddy_*.deb"):
            subprocess.run(["dpkg", "-x", package, "."], **quiet)
    if not program.exists():
        message = "Caddy manque : le serveur de façade n’est pas essayé."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return program


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Portal:
    """Stands for the portal: answers with the headers it was given."""

    def __init__(self, port: int) -> None:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = json.dumps({k.lower(): v for k, v in self.headers.items()}).encode()
                body += b" " * 3000
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Strict-Transport-Security", "max-age=63072000")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Nothing on the error stream."""

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}
        )
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class Door:
    """The running Caddy."""

    def __init__(self, port: int, plain: int, log: Path, upstream: int) -> None:
        self.port, self.plain, self.log, self.upstream = port, plain, log, upstream

    def get(self, address: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        link = http.client.HTTPSConnection(
            "localhost", self.port, timeout=40, context=ssl._create_unverified_context()
        )
        try:
            link.request(
                "GET", address, headers={k.replace("_", "-"): v for k, v in headers.items()}
            )
            answer = link.getresponse()
            return answer, answer.read()
        finally:
            link.close()


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    folder = tmp_path_factory.mktemp("caddy")
    port, plain, upstream = free_port(), free_port(), free_port()
    for page in DEPLOY.glob("*.html"):
        shutil.copy(page, folder)
    text = (DEPLOY / "Caddyfile").read_text()
    ours = (
        f"admin off\n\tskip_install_trust\n\tlocal_certs\n\thttp_port {plain}\n\thttps_port {port}"
    )
    changes = {
        "\temail {$ACME_EMAIL}": f"\t{ours}\n\temail {{$ACME_EMAIL}}",
        "web:8000": f"127.0.0.1:{upstream}",
        "root * /etc/caddy": f"root * {folder}",
        "lb_try_duration 20s": "lb_try_duration 4s",
    }
    for old, new in changes.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "Caddyfile").write_text(text)
    log = folder / "caddy.log"
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "ACME_EMAIL": "a@example.org",
                   "SITE_HOSTS": "localhost, www.localhost"}  # fmt: skip
    with log.open("wb") as output:
        process = subprocess.Popen(
            [caddy(), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"],
            env=environment, stdout=output, stderr=output,
        )  # fmt: skip
    found = Door(port, plain, log, upstream)
    portal = Portal(upstream)
    end = time.monotonic() + 60
    while True:
        try:
            found.get("/")
            break
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                pytest.fail(log.read_text()[-3000:])
            time.sleep(0.1)
    portal.stop()
    yield found
    process.terminate()
    process.wait(20)


@pytest.fixture
def portal(door):
    found = Portal(door.upstream)
    yield found
    found.stop()


def test_what_a_visitor_says_of_itself_is_overwritten(door, portal):
    _, body = door.get(
        "/",
        X_Forwarded_For="203.0.113.9",
        X_Forwarded_Proto="http",
        X_Forwarded_Host="ailleurs.example.org",
        X_Real_IP="203.0.113.9",
        Forwarded="for=203.0.113.9",
    )
    sent = json.loads(body)
    assert sent["x-forwarded-for"] in {"127.0.0.1", "::1"}
    assert sent["x-forwarded-proto"] == "https"
    assert sent["x-forwarded-host"] == "localhost"
    assert "203.0.113.9" not in body.decode()
    assert sent["host"] == f"localhost:{door.port}"


def test_no_visitor_passes_for_the_probe_beside_the_portal(door, portal):
    # « Connection » asks a proxy to drop the headers that it names.
    named = "close, X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host"
    for asked in ({"Connection": named}, {"X_Forwarded_For": "", "Connection": named}, {}):
        sent = json.loads(door.get("/readyz", **asked)[1])
        assert sent["x-forwarded-for"] in {"127.0.0.1", "::1"}
        assert sent["x-forwarded-proto"] == "https"


def test_pages_are_compressed_and_hsts_comes_from_the_portal(door, portal):
    answer, _ = door.get("/", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000"
    assert "Server" not in answer.headers


def test_plain_http_is_sent_to_https(door):
    link = http.client.HTTPConnection("localhost", door.plain, timeout=10)
    link.request("GET", "/lexique/?q=mot")
    answer = link.getresponse()
    link.close()
    assert answer.status == 308
    assert answer.headers["Location"].startswith("https://localhost")


def test_a_portal_that_comes_back_within_seconds_is_waited_for(door):
    later: list[Portal] = []
    timer = threading.Timer(1.5, lambda: later.append(Portal(door.upstream)))
    timer.start()
    answer, _ = door.get("/")
    timer.join()
    later[0].stop()
    assert answer.status == 200


def test_a_portal_that_is_away_is_a_french_page_and_nobody_is_in_the_log(door):
    answer, body = door.get(f"/recherche/?q={CANARY}", Cookie=f"mot={CANARY}")
    assert answer.status == 502
    assert '<html lang="fr">' in body.decode()
    assert "Le site est indisponible pour le moment" in body.decode()
    assert answer.headers["Retry-After"] == "30"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert CANARY not in door.log.read_text()
