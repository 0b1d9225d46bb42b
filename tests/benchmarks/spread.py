"""Which worker a connection fell on: a load is shared evenly, or its figure says who was lucky.

Two gunicorn workers accept from one socket, and eight connections fall on them by
chance, at times all on one: the same page then measured 0.35 or 0.58 of its floor.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path


def worker_of(sock: socket.socket) -> int:
    """The process that holds the other end of ``sock``, a connection to 127.0.0.1 that was
    answered once; LookupError when none is found (Linux only: ``/proc`` tells)."""
    inode = _inode(near=sock.getpeername()[1], far=sock.getsockname()[1])
    wanted = f"socket:[{inode}]"
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and wanted in _open_files(process):
            return int(process.name)
    raise LookupError(f"aucun processus ne tient la connexion {sock.getsockname()}")


def _inode(*, near: int, far: int) -> str:
    ends = (f":{near:04X}", f":{far:04X}")
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[1].endswith(ends[0]) and fields[2].endswith(ends[1]):
            return fields[9]
    raise LookupError(f"connexion {near} vers {far} inconnue du système")


def _open_files(process: Path) -> set[str]:
    found = set()
    try:
        for file in os.listdir(process / "fd"):
            found.add(os.readlink(process / "fd" / file))
    except OSError:  # it ended, closed one meanwhile, or is not ours
        return found
    return found
