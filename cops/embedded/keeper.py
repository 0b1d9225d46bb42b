"""The process that has the servers as direct children: one per COPS_VAR, started by `sharing`.

    python -m cops.embedded.keeper <COPS_VAR>

It restarts a server that dies, and leaves when nobody holds the users' lock any more.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path

from cops.embedded.errors import EmbeddedError
from cops.embedded.home import settle
from cops.embedded.locks import Lock
from cops.embedded.places import state_folder
from cops.embedded.postgres import Postgres
from cops.embedded.redis import Redis

PERIOD = 0.2  # seconds between two looks
LONGEST_PAUSE = 5.0  # seconds before a server that keeps dying is tried again
LARGEST_LOG = 10_000_000  # bytes; a longer one begins anew
SERVERS: dict[str, type[Postgres | Redis]] = {"postgres": Postgres, "redis": Redis}


def owner_lock(var: Path) -> Lock:
    """Held alone by the keeper as long as a server may be running."""
    return Lock(state_folder(var) / "owner.lock")


def users_lock(var: Path) -> Lock:
    """Shared by every command that needs the servers; alone, nobody does."""
    return Lock(state_folder(var) / "users.lock")


def outage_lock(var: Path, name: str) -> Lock:
    """Held alone while a server must stay away (see `outage`)."""
    return Lock(state_folder(var) / f"outage-{name}.lock")


def failure_note(var: Path) -> Path:
    """The French line of a keeper that could not start."""
    return state_folder(var) / "failure.txt"


def wanted_folder(var: Path) -> Path:
    """Holds one empty file per server that somebody asked for."""
    return state_folder(var) / "wanted"


class Watch:
    """One server with its restarts."""

    def __init__(self, server: Postgres | Redis, outage: Lock) -> None:
        self.server = server
        self.outage = outage
        self.pause = 0.0
        self.next_start = 0.0
        self.prepared = False
        self.answered = False

    def look(self) -> None:
        """Start what should run, stop what should not."""
        if self.outage.held():
            self.server.stop()
            return
        child = self.server.child
        if child is None or child.poll() is not None:
            self._restart()
        elif not self.answered and self.server.answers():
            self.answered, self.pause = True, 0.0

    def _restart(self) -> None:
        now = time.monotonic()
        if now < self.next_start:
            return
        if not self.prepared:
            self.server.prepare()
            self.prepared = True
        if self.pause >= LONGEST_PAUSE and not self.answered:
            raise EmbeddedError(
                f"Le serveur {self.server.name} ne démarre pas : voir {self.server.log}."
            )
        self.answered = False
        self.server.start()
        self.pause = min(max(self.pause * 2, 0.3), LONGEST_PAUSE)
        self.next_start = now + self.pause


def main(var: Path) -> int:
    """Keep the servers until nobody needs them; 1 when they cannot run here."""
    owner, users = owner_lock(var), users_lock(var)
    if not owner.take(wait=False):
        return 0  # somebody else was quicker
    leaving: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: leaving.append(number))
    for number in (signal.SIGINT, signal.SIGHUP):
        # Not SIG_IGN, which the servers would inherit: deaf until they have handlers of their own.
        signal.signal(number, lambda _number, _frame: None)
    failure_note(var).unlink(missing_ok=True)
    watches: dict[str, Watch] = {}
    try:
        home = settle(var)
        home.open_sockets()
        _shorten_logs(home.state)
        owner.write({"pid": os.getpid(), "sockets": str(home.sockets), "notes": home.notes})
        while not leaving and not users.take(wait=False):
            for name in sorted(path.name for path in wanted_folder(var).glob("*")):
                if name not in watches and name in SERVERS:
                    watches[name] = Watch(SERVERS[name](home), outage_lock(var, name))
                if name in watches:
                    watches[name].look()
            time.sleep(PERIOD)
    except EmbeddedError as error:
        failure_note(var).write_text(str(error))
        return 1
    finally:
        # From the last asked to the first; a newcomer waits for the users' lock meanwhile.
        for watch in reversed(watches.values()):
            watch.server.stop()
        if watches:
            shutil.rmtree(home.sockets, ignore_errors=True)
    for path in wanted_folder(var).glob("*"):
        path.unlink(missing_ok=True)
    return 0


def _shorten_logs(state: Path) -> None:
    for log in state.glob("*.log"):
        if log.stat().st_size > LARGEST_LOG:
            log.write_bytes(b"")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
