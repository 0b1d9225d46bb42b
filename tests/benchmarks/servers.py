"""gunicorn for the subject and for the floor: the same flags, another application."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

WORKERS = 2


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextlib.contextmanager
def gunicorn(application: str, *, settings: str, **environment: str) -> Iterator[int]:
    """Runs ``application`` under the flags of production; gives its port; ends with the block."""
    port = free_port()
    command = [
        sys.executable, "-m", "gunicorn", application,
        "-k", "gthread", "-w", str(WORKERS), "--threads", "4", "--limit-request-line", "0",
        "--no-control-socket", "--log-level", "error", "--keep-alive", "30",
        "-b", f"127.0.0.1:{port}",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env={**os.environ, "DJANGO_SETTINGS_MODULE": settings, **environment}
    )
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                break
            except urllib.error.HTTPError:
                break
            except OSError:
                if process.poll() is not None:
                    raise RuntimeError(f"gunicorn s’est arrêté : {application}") from None
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=20)
