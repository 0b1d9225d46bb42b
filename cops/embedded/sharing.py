"""Servers for the time of a command: started when nobody did, stopped by the last who leaves."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from cops.embedded import postgres, redis
from cops.embedded.errors import EmbeddedError
from cops.embedded.keeper import failure_note, owner_lock, users_lock, wanted_folder
from cops.embedded.locks import Lock
from cops.embedded.places import ROOT, place
from cops.embedded.urls import socket_folder

PATIENCE = 90.0  # seconds for a first start on a slow disk
READY = {"postgres": postgres.ready, "redis": redis.ready}


def needed() -> list[str]:
    """The servers to embed: those whose variable names no other."""
    variables = {"postgres": "DATABASE_URL", "redis": "REDIS_URL"}
    return [name for name, variable in variables.items() if not os.environ.get(variable)]


class Share:
    """A command's part in the servers of one COPS_VAR."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.users = users_lock(var)
        self.started = False
        self._joined = False
        self._keeper: subprocess.Popen[bytes] | None = None

    def join(self) -> None:
        """Return when every needed server answers. Raises EmbeddedError with a French line."""
        names = needed()
        if not names:
            return
        self._joined = True
        self.users.take(shared=True)  # waits while the last ones are being stopped
        try:
            wanted_folder(self.var).mkdir(parents=True, exist_ok=True)
            for name in names:
                (wanted_folder(self.var) / name).touch()
            self._ensure_keeper()
            self._wait(names)
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Give the servers back; when nobody else uses them, return once they are stopped."""
        if not self._joined:
            return
        owner = owner_lock(self.var)
        if self.users.take(wait=False):
            # Ours alone: a newcomer waits for it until the servers are down.
            if owner.held() and (pid := owner.read().get("pid")):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(int(pid), signal.SIGTERM)
                owner.free_within(40)
        else:
            self.users.release()
            if self.users.held():  # the keeper saw the last user leave before us
                owner.free_within(40)
        self.users.release()
        if self._keeper and not owner.held():
            self._keeper.wait(10)

    def notes(self) -> list[str]:
        """What the person should know of this place, one line each."""
        return list(owner_lock(self.var).read().get("notes", []))

    def _ensure_keeper(self) -> None:
        starting = Lock(self.users.path.with_name("starting.lock"))
        starting.take()
        try:
            if owner_lock(self.var).held():
                return
            failure_note(self.var).unlink(missing_ok=True)
            self.started = True
            with self.users.path.with_name("keeper.log").open("wb") as log:
                # Its own session: neither Ctrl-C nor our end reaches it, only the locks do.
                self._keeper = subprocess.Popen(
                    [sys.executable, "-m", "cops.embedded.keeper", str(self.var)],
                    cwd=ROOT,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
            while not owner_lock(self.var).held() and self._keeper.poll() is None:
                time.sleep(0.02)
        finally:
            starting.release()

    def _wait(self, names: list[str]) -> None:
        end = time.monotonic() + PATIENCE
        sockets = socket_folder(self.var)
        waiting = list(names)
        while waiting:
            waiting = [name for name in waiting if not READY[name](sockets)]
            if not waiting:
                return
            if not owner_lock(self.var).held():
                raise EmbeddedError(self._failure())
            if time.monotonic() > end:
                raise EmbeddedError(
                    f"Pas de réponse de {' ni de '.join(waiting)} après {PATIENCE:.0f} s : "
                    f"voir {self.users.path.parent}."
                )
            time.sleep(0.05)

    def _failure(self) -> str:
        try:
            return failure_note(self.var).read_text()
        except OSError:
            return f"Les serveurs se sont arrêtés : voir {self.users.path.with_name('keeper.log')}."


@contextlib.contextmanager
def servers(var: Path | None = None) -> Iterator[Share]:
    """Postgres and Redis for the time of the block."""
    share = Share(var or place())
    share.join()
    try:
        yield share
    finally:
        share.leave()
