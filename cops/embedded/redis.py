"""One Redis for Celery, listening on a private socket only, that keeps what it accepted."""

from __future__ import annotations

import signal
import socket
import subprocess
from pathlib import Path

from cops.embedded import binaries
from cops.embedded.home import Home
from cops.embedded.processes import spawn, stop, stop_orphan

# Loopback ports are everybody's: none. Losing a second of the queue is all a crash may cost.
FLAGS = [
    *("--port", "0", "--unixsocketperm", "700", "--daemonize", "no", "--databases", "32"),
    *("--appendonly", "yes", "--appendfsync", "everysec", "--maxmemory-policy", "noeviction"),
]


class Redis:
    """Start, watch and stop; a keeper holds one."""

    name = "redis"

    def __init__(self, home: Home) -> None:
        self.home = home
        self.log = home.state / "redis.log"
        self.pid = home.data / "redis" / "redis.pid"
        self.child: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Make the data folder the first time. Raises EmbeddedError."""
        self.program = self.home.reachable(binaries.redis_server())
        self.data = self.home.folder("redis")

    def start(self) -> None:
        self._stop_orphan()
        path = socket_path(self.home.sockets)
        path.unlink(missing_ok=True)
        with self.log.open("ab") as output:
            self.child = spawn(
                [self.program, *FLAGS, "--unixsocket", path, "--dir", self.data, "--save", ""],
                output=output,
                identity=self.home.identity,
                cwd="/",
            )
        self.pid.write_text(str(self.child.pid))

    def answers(self) -> bool:
        return ready(self.home.sockets)

    def stop(self) -> None:
        if self.child:
            stop(self.child, ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0)))
        self.child = None

    def _stop_orphan(self) -> None:
        try:
            pid = int(self.pid.read_text())
        except (OSError, ValueError):
            return
        # Redis writes its socket in its own title, whatever program it came from.
        stop_orphan(pid, marks=(str(socket_path(self.home.sockets)),))
        self.pid.unlink(missing_ok=True)


def socket_path(sockets: Path) -> Path:
    return sockets / "redis.sock"


def ready(sockets: Path) -> bool:
    """Whether PING answers."""
    try:
        with socket.socket(socket.AF_UNIX) as link:
            link.settimeout(2)
            link.connect(str(socket_path(sockets)))
            link.sendall(b"PING\r\n")
            return link.recv(16).startswith(b"+PONG")
    except OSError:
        return False
