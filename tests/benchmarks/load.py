"""A small HTTP loader: keep-alive connections in one thread, so that the client costs little."""

from __future__ import annotations

import selectors
import socket
import time
from collections import Counter

from tests.benchmarks.servers import WORKERS
from tests.benchmarks.spread import worker_of

TRIES = 400  # a new connection falls on either worker by chance


class _Connection:
    def __init__(self, port: int, requests: list[bytes], offset: int) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests = requests
        self.at = offset
        self.buffer = bytearray()
        self.wanted = -1

    def send(self) -> None:
        self.sock.sendall(self.requests[self.at % len(self.requests)])
        self.at += 1
        self.buffer.clear()
        self.wanted = -1

    def receive(self) -> int:
        """The status once the whole answer is here, else 0."""
        chunk = self.sock.recv(262_144)
        if not chunk:
            raise ConnectionError("le serveur a fermé la connexion")
        self.buffer += chunk
        if self.wanted < 0:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return 0
            head = bytes(self.buffer[:end]).lower()
            mark = head.find(b"content-length:")
            if head[9:12] == b"304":  # never has a body
                self.wanted = end + 4
            elif mark < 0:
                raise ValueError("réponse sans longueur")
            else:
                self.wanted = end + 4 + int(head[mark + 15 :].split(b"\r\n", 1)[0])
        if len(self.buffer) < self.wanted:
            return 0
        return int(self.buffer[9:12])


def request(path: str, headers: dict[str, str] | None = None) -> bytes:
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Connection: keep-alive"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _shared_evenly(port: int, requests: list[bytes], connections: int) -> list[_Connection]:
    """Connections that were answered once, as many on each of the workers."""
    kept: list[_Connection] = []
    load: Counter[int] = Counter()
    for _ in range(TRIES):
        connection = _Connection(port, requests, len(kept))
        connection.send()
        while not connection.receive():
            pass
        worker = worker_of(connection.sock)
        if load[worker] * WORKERS < connections:
            load[worker] += 1
            kept.append(connection)
        else:
            connection.sock.close()
        if len(kept) == connections:
            return kept
    raise RuntimeError(f"connexions mal réparties entre les processus : {dict(load)}")


def requests_per_second(
    port: int,
    paths: list[str],
    *,
    seconds: float = 0.7,
    connections: int = 8,
    headers: dict[str, str] | None = None,
    statuses: frozenset[int] = frozenset({200}),
) -> float:
    """Answers per second over keep-alive connections; any other status raises AssertionError."""
    wanted = [request(path, headers) for path in paths]
    selector = selectors.DefaultSelector()
    open_ones = _shared_evenly(port, wanted, connections)
    done = 0
    try:
        for connection in open_ones:
            selector.register(connection.sock, selectors.EVENT_READ, connection)
            connection.send()
        start = time.perf_counter()
        end = start + seconds
        while (now := time.perf_counter()) < end:
            for key, _ in selector.select(timeout=1):
                status = key.data.receive()
                if status:
                    assert status in statuses, f"réponse {status} pour {key.data.requests}"
                    done += 1
                    key.data.send()
        return done / (now - start)
    finally:
        selector.close()
        for connection in open_ones:
            connection.sock.close()
