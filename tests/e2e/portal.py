"""A whole portal for the browser: its own database with the starting content, and gunicorn."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings

from tests.benchmarks.servers import free_port

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Portal:
    origin: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Runs a management command on this portal's database; its output."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def _connect() -> psycopg.Connection:
    database = settings.DATABASES["default"]
    return psycopg.connect(
        host=database["HOST"], port=database.get("PORT") or None, user=database["USER"],
        password=database.get("PASSWORD") or None, dbname="postgres", autocommit=True,
    )  # fmt: skip


def _recreate(name: str) -> None:
    with _connect() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')


@contextlib.contextmanager
def portal(name: str, folder: Path) -> Iterator[Portal]:
    """Runs the portal on loopback with all its starting content, as ``make run`` would."""
    _recreate(name)
    port = free_port()
    origin = f"http://localhost:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "E2E_DATABASE": name,
        "E2E_FOLDER": str(folder),
        "E2E_ORIGIN": origin,
    }
    running = Portal(origin, environment)
    running.manage("migrate", "--verbosity=0")
    running.manage("createcachetable")
    running.manage("collectstatic", "--noinput", "--verbosity=0")
    running.manage("load_content")
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
        with _connect() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _wait(origin: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "gunicorn s’est arrêté"
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{origin}/healthz", timeout=2).close()
            return
        time.sleep(0.1)
    raise TimeoutError(origin)
