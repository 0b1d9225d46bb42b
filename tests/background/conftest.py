"""A Redis of its own, so that it can be stopped, and a real worker beside it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from kombu import pools

from cops.background import dispatching
from cops.background.celery import app
from cops.embedded.home import settle
from cops.embedded.places import ROOT
from cops.embedded.redis import Redis, ready
from tests.embedded.conftest import wait_for


@dataclass
class Broker:
    """The broker that `dispatch` uses during the test."""

    server: Redis

    @property
    def url(self) -> str:
        return f"redis+socket://{self.server.home.sockets}/redis.sock?virtual_host=0"

    def start(self) -> None:
        self.server.start()
        assert wait_for(self.server.answers)

    def stop(self) -> None:
        self.server.stop()

    def waiting(self) -> int:
        """Messages that no worker has taken."""
        with app.connection_for_read(self.url) as link:
            return link.default_channel.client.llen("celery")


@pytest.fixture(scope="module")
def redis_server() -> Iterator[Redis]:
    # Not tmp_path, which is closed to the unprivileged user when the tests run as root.
    base = Path(tempfile.mkdtemp(prefix="cops-essai-"))
    base.chmod(0o755)
    home = settle(base / "var")
    home.open_sockets()
    server = Redis(home)
    server.prepare()
    yield server
    server.stop()
    shutil.rmtree(home.sockets, ignore_errors=True)
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture
def broker(redis_server: Redis, monkeypatch: pytest.MonkeyPatch) -> Iterator[Broker]:
    broker = Broker(redis_server)
    if not ready(redis_server.home.sockets):
        broker.start()
    usual = app.conf.broker_url
    _point_to(broker.url)
    monkeypatch.setattr(dispatching, "_away_until", 0.0)
    with app.connection_for_write() as link:
        link.default_channel.client.flushall()
    yield broker
    _point_to(usual)


def _point_to(url: str) -> None:
    app.conf.broker_url = url
    pools.reset()
    app._pool = None
    app.amqp._producer_pool = None


@dataclass
class Worker:
    """A Celery worker in its own processes."""

    environment: dict[str, str]
    folder: Path
    child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["celery", "--app", "cops.background.celery:app", "worker", "--concurrency", "1"]
        options = ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
        with (self.folder / "worker.log").open("ab") as log:
            self.child = subprocess.Popen(
                [sys.executable, "-m", *command, *options],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self) -> None:
        """As the machine would: the parent and its children, without a word."""
        if self.child and self.child.poll() is None:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()

    def notes(self) -> list[str]:
        path = self.folder / "notes.txt"
        return path.read_text().splitlines() if path.exists() else []

    def log(self) -> str:
        return (self.folder / "worker.log").read_text()


@pytest.fixture
def worker(broker: Broker, tmp_path: Path) -> Iterator[Worker]:
    worker = Worker(
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "tests.background.worker_settings",
            "PROBE_FOLDER": str(tmp_path),
            "PROBE_DATABASE": str(connection.settings_dict["NAME"]),
            "PROBE_BROKER": broker.url,
            "REMAP_SIGTERM": "SIGQUIT",
        },
        tmp_path,
    )
    worker.start()
    yield worker
    worker.kill()
