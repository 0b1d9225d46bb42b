"""A COPS_VAR of its own for each test, and commands run as a person would."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest

from cops.embedded.locks import Lock
from cops.embedded.places import ROOT, state_folder
from cops.embedded.processes import command_line
from cops.embedded.urls import fingerprint, socket_folder


@dataclass
class Place:
    """One COPS_VAR, with a space and an accent in its path."""

    var: Path
    environment: dict[str, str] = field(default_factory=dict)
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(
        self, *arguments: str, output: IO[str] | int = subprocess.PIPE, **variables: str
    ) -> subprocess.Popen[str]:
        """A module of cops.embedded, in the background."""
        child = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=ROOT,
            env=self.environment | variables,
            stdout=output,
            stderr=subprocess.PIPE if output == subprocess.PIPE else subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.started.append(child)
        return child

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """A command with the servers at hand, to its end."""
        child = self.start("cops.embedded.run", "--", *command, **variables)
        out, err = child.communicate(timeout=60)
        return subprocess.CompletedProcess(command, child.returncode, out, err)

    def sql(self, statement: str) -> subprocess.CompletedProcess[str]:
        """One statement in the application's database; its first value is printed."""
        return self.run(sys.executable, "-c", _SQL, statement)

    def processes(self) -> dict[int, str]:
        """What runs for this COPS_VAR: number -> command."""
        marks = (str(self.var), str(socket_folder(self.var)))
        found = {int(path.name): "" for path in Path("/proc").iterdir() if path.name.isdigit()}
        lines = {pid: command_line(pid) for pid in found if pid != os.getpid()}
        return {pid: line for pid, line in lines.items() if any(mark in line for mark in marks)}

    def gone(self, seconds: float = 10) -> bool:
        """Wait until nothing runs for this COPS_VAR."""
        return wait_for(lambda: not self.processes(), seconds)


_SQL = """
import os, sys, psycopg
from pathlib import Path
from typing import IO
from cops.embedded.urls import socket_folder
sockets = str(socket_folder(Path(os.environ["COPS_VAR"])))
with psycopg.connect(host=sockets, user="cops", dbname="cops") as connection:
    answer = connection.execute(sys.argv[1])
    print(answer.fetchone()[0] if answer.description else "done")
"""


def wait_for(condition: Callable[[], object], seconds: float = 20) -> bool:
    """Whether the condition held within the time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())


@pytest.fixture(scope="session")
def used_folder() -> Iterator[Path]:
    """Data made once for the tests that do not mind."""
    yield from _folder()


@pytest.fixture
def spot(used_folder: Path) -> Iterator[Place]:
    """A place that was used before; nothing runs there at the start and at the end."""
    yield from _lent(used_folder)


@pytest.fixture
def fresh() -> Iterator[Place]:
    """A place that nobody has used yet."""
    for folder in _folder():
        yield from _lent(folder)


def _folder() -> Iterator[Path]:
    # Not tmp_path, which is closed to the unprivileged user when the tests run as root.
    base = Path(tempfile.mkdtemp(prefix="cops-essai-"))
    base.chmod(0o755)
    yield base / "mes données é"
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture
def closed_spot(tmp_path: Path) -> Iterator[Place]:
    """A place that nobody but us can enter, like a clone under /root."""
    tmp_path.chmod(0o700)
    yield from _lent(tmp_path / "var")


def _lent(var: Path) -> Iterator[Place]:
    environment = dict(os.environ)
    for name in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "CI", "MAKELEVEL"):
        environment.pop(name, None)
    place = Place(var, environment | {"COPS_VAR": str(var)})
    yield place
    for child in place.started:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
    owner = Lock(state_folder(var) / "owner.lock")
    if owner.path.exists():
        assert owner.free_within(30), "the keeper outlived its users"
    assert place.gone(), place.processes()
    shutil.rmtree(Path("/var/lib") / f"cops-dev-{fingerprint(var)}", ignore_errors=True)


@pytest.fixture
def as_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("only root runs the servers as somebody else")
