"""A site on loopback that answers in the ways a site can answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


class _Site(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.asked.append((self.command, self.path, self.headers.get("User-Agent", "")))
        name = self.path.strip("/").partition("?")[0]
        if name == "hangs":
            site.released.wait(20)
            return
        if name == "closes":
            self.connection.close()
            return
        status = 404 if name == "missing" else 200
        if name.isdigit():
            status = int(name)
        if name == "only-get":
            status = 405 if self.command == "HEAD" else 200
        if name == "changed":
            status = site.status
        location = {"moved": "/fine", "away": "/fine", "loop": "/loop", "inward": site.inward}.get(
            name
        )
        if location:
            status = {"away": 302}.get(name, 301)
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = _answer

    def log_message(self, *arguments: object) -> None:
        """Silent."""


class Site:
    """``url("missing")`` is an address of it; ``asked`` what came: (method, path, user agent)."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked: list[tuple[str, str, str]] = []
        self.released = threading.Event()
        self.status = 500
        self.inward = "http://localhost:1/"

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/{name}"


@pytest.fixture
def site(settings) -> Iterator[Site]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.daemon_threads = True
    made = Site(server.server_address[1])
    server.site = made  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.LINKS_PRIVATE_HOSTS = frozenset({"127.0.0.1"})
    yield made
    made.released.set()
    server.shutdown()
    server.server_close()
