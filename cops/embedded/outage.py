"""Keep a server away for a while: what a visitor sees then, and that the site comes back.

python -m cops.embedded.outage postgres      # until Ctrl-C
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from cops.embedded.keeper import outage_lock
from cops.embedded.places import place
from cops.embedded.sharing import READY
from cops.embedded.urls import socket_folder


@contextlib.contextmanager
def outage(name: str, var: Path | None = None) -> Iterator[None]:
    """`postgres` or `redis` is stopped in the block, and answers again after it."""
    var = var or place()
    lock = outage_lock(var, name)
    lock.take()
    try:
        _wait(name, var, answering=False)
        yield
    finally:
        lock.release()
        _wait(name, var, answering=True)


def _wait(name: str, var: Path, *, answering: bool) -> None:
    end = time.monotonic() + 30
    while READY[name](socket_folder(var)) != answering:
        if time.monotonic() > end:
            raise TimeoutError(f"{name}: answering={answering} was expected")
        time.sleep(0.05)


if __name__ == "__main__":
    with outage(sys.argv[1]):
        print(f"{sys.argv[1]} est arrêté ; Ctrl-C pour le relancer.")
        with contextlib.suppress(KeyboardInterrupt):
            time.sleep(86400)
