"""The parts of the running portal: web server, mailbox, courier, worker, timer."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from cops.embedded.errors import EmbeddedError
from cops.embedded.places import ROOT, mail_folder, state_folder
from cops.embedded.processes import spawn
from cops.embedded.speech import say

MOST_RESTARTS = 5  # deaths within WINDOW seconds before we give up
WINDOW = 60.0
# Seconds to end what was begun.
PATIENCE = {"web": 12.0, "mailbox": 3.0, "courier": 25.0, "worker": 25.0, "timer": 8.0}
LABELS = {
    "web": "le serveur web",
    "mailbox": "la boîte aux lettres",
    "courier": "l’envoi des courriels",
    "worker": "les tâches de fond",
    "timer": "le minuteur",
}


class Part:
    """One child process, its log and its restarts."""

    def __init__(
        self, var: Path, name: str, arguments: list[str], variables: dict[str, str] | None = None
    ) -> None:
        self.var = var
        self.variables = variables or {}
        self.name = name
        self.command = [sys.executable, "-m", *arguments]
        self.log = state_folder(var) / f"{name}.log"
        self.deaths: list[float] = []
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def marks(self) -> list[str]:
        """Words of the command line by which the next start knows this process."""
        return [self.command[0], self.command[-1]]

    def start(self) -> None:
        with self.log.open("ab") as output:
            surroundings = environment(self.var) | self.variables
            self.child = spawn(self.command, output=output, cwd=ROOT, env=surroundings)

    def look(self) -> None:
        """Start it again when it died; raises EmbeddedError when it keeps dying."""
        if self.child is None or (code := self.child.poll()) is None:
            return
        now = time.monotonic()
        self.deaths = [death for death in self.deaths if now - death < WINDOW] + [now]
        label = LABELS[self.name]
        if len(self.deaths) >= MOST_RESTARTS:
            raise EmbeddedError(
                f"Arrêt : {label} s’est arrêté {MOST_RESTARTS} fois en une minute. "
                f"Détail dans {self.log}."
            )
        say(f"! Arrêt inattendu de ce côté : {label} (code {code}). Relance.")
        time.sleep(0.5 * len(self.deaths))
        self.start()

    def ask_to_stop(self) -> None:
        if self.child and self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)

    def wait_or_kill(self, since: float, *, hurry: bool = False) -> None:
        if self.child is None:
            return
        left = 0.0 if hurry else max(0.0, since + PATIENCE[self.name] - time.monotonic())
        try:
            self.child.wait(left)
        except subprocess.TimeoutExpired:
            # Its children see their parent end and follow.
            self.child.kill()
            self.child.wait()


def environment(var: Path) -> dict[str, str]:
    """What every part and command of the demonstration is given."""
    return os.environ | {
        "COPS_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "cops.settings.dev",
        "PYTHONUNBUFFERED": "1",
        # A worker told to stop puts its task back at once instead of finishing it.
        "REMAP_SIGTERM": "SIGQUIT",
    }


def portal_parts(var: Path, port: int) -> list[Part]:
    """In the order in which they start."""
    mailbox = str(_free_port())
    schedule = state_folder(var) / "timer-schedule"
    celery = ["celery", "--app", "cops.background.celery:app"]
    return [
        Part(
            var,
            "web",
            [
                *("gunicorn", "--bind", f"127.0.0.1:{port}"),
                *("--worker-class", "cops.http.worker.Worker"),
                *("--workers", "2", "--threads", "4", "--timeout", "30"),
                *("--graceful-timeout", "8", "--keep-alive", "5"),
                *("--max-requests", "1000", "--max-requests-jitter", "100"),
                # Our own page answers an address that is too long, in French. No access log:
                # gunicorn's holds addresses, hence what people search; ours holds none.
                *("--limit-request-line", "0", "--no-control-socket"),
                "cops.wsgi:application",
            ],
        ),
        # What the worker sends stays on this machine, and /courriels/ shows it.
        Part(var, "mailbox", ["cops.embedded.mailbox", mailbox, str(mail_folder(var))]),
        # Apart: who waits for a code must not wait for a document being made.
        Part(
            var,
            "courier",
            [
                *(*celery, "worker", "--queues", "mail", "--concurrency", "1"),
                *("--loglevel", "INFO", "--without-gossip", "--without-mingle"),
                *("--hostname", "courriels@%h"),
            ],
            {"COPS_MAIL_PORT": mailbox},
        ),
        Part(
            var,
            "worker",
            [
                *(*celery, "worker", "--concurrency", "2", "--loglevel", "INFO"),
                *("--without-gossip", "--without-mingle", "--hostname", "portail@%h"),
            ],
            {"COPS_MAIL_PORT": mailbox},
        ),
        Part(
            var,
            "timer",
            [*celery, "beat", "--loglevel", "INFO", "--pidfile", "", "--schedule", str(schedule)],
        ),
    ]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
