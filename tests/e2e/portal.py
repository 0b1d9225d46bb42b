"""A whole portal for the browser: its own database with the starting content, and gunicorn."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.servers import free_port
from tests.e2e.models import ROOT, Models, drop


@dataclass(frozen=True)
class Portal:
    origin: str
    environment: dict[str, str]
    resident: subprocess.Popen[str]

    def run(self, code: str) -> str:
        """Runs Python inside the portal, in a process that stays; what it prints."""
        assert self.resident.stdin is not None
        assert self.resident.stdout is not None
        print(json.dumps(code), file=self.resident.stdin, flush=True)
        answer = json.loads(self.resident.stdout.readline())
        assert not answer["fault"], answer["fault"]
        return answer["said"]


@contextlib.contextmanager
def portal(name: str, folder: Path, models: Models) -> Iterator[Portal]:
    """Runs the portal on loopback with all its starting content, as ``make run`` would."""
    models.copy_database(name)
    port = free_port()
    origin = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "E2E_DATABASE": name,
        "E2E_FOLDER": str(folder),
        "E2E_STATIC": str(models.static_files()),
        "E2E_ORIGIN": origin,
    }
    resident = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.resident"],
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    running = Portal(origin, environment, resident)
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "cops.wsgi:application", "-k", "gthread",
            "-w", "1", "--threads", "8", "--limit-request-line", "0", "--no-control-socket",
            "--log-level", "error", "-b", f"127.0.0.1:{port}",
        ],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        _wait(origin, server)
        yield running
    finally:
        server.terminate()
        server.wait(timeout=20)
        resident.communicate(timeout=20)  # the end of its orders
        drop(name)


def _wait(origin: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "gunicorn s’est arrêté"
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{origin}/healthz", timeout=2).close()
            return
        time.sleep(0.1)
    raise TimeoutError(origin)
