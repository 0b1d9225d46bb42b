"""`make run`: the whole portal on this machine, until Ctrl-C.

It has the web server, the worker and the timer as children, starts again the one that
dies, and stops everything when one dies five times in a minute. The servers belong to
the keeper (see the package), shared with whatever else runs on this COPS_VAR.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from cops.embedded import leftovers
from cops.embedded.errors import EmbeddedError
from cops.embedded.parts import Part, environment, portal_parts
from cops.embedded.places import ROOT, place, state_folder
from cops.embedded.processes import dies_with, spawn
from cops.embedded.sharing import servers
from cops.embedded.speech import complain, say, seconds, speak_safely, step
from cops.embedded.system import require_port

FIRST_PAGE = 60.0  # seconds to wait for the web server's first answer


class Stopped(Exception):
    """Somebody asked the portal to stop."""


class Portal:
    """One run: what was started, and whether we were asked to stop."""

    def __init__(self, var: Path, port: int) -> None:
        self.var = var
        self.port = port
        self.address = f"http://localhost:{port}"
        self.parts: list[Part] = []
        self.asked = 0

    def run(self) -> None:
        """Start, announce, watch; returns when asked to stop. Raises EmbeddedError."""
        begin = time.monotonic()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        lock = leftovers.portal_lock(self.var)
        if not lock.take(wait=False):
            raise EmbeddedError(leftovers.owner_line(self.var) or "Le portail tourne déjà.")
        lock.write({"pid": os.getpid(), "address": self.address, "since": time.time()})
        try:
            self._run(begin)
        except Stopped:
            pass
        finally:
            lock.release()

    def _run(self, begin: float) -> None:
        with step("Postgres et Redis"):
            sharing = servers(self.var)
            share = sharing.__enter__()
        try:
            for note in share.notes():
                say(f"  {note}")
            self._prepare()
            self._start()
            self._announce(begin)
            self._watch()
        finally:
            self.asked = max(self.asked, 1)
            self._stop()
            sharing.__exit__(None, None, None)
            say("Tout est arrêté.")

    def _prepare(self) -> None:
        child = spawn(
            [sys.executable, "-m", "cops.embedded.steps"], cwd=ROOT, env=environment(self.var)
        )
        while child.poll() is None:
            self._leave_if_asked(child)
            time.sleep(0.05)
        if child.returncode:
            raise EmbeddedError("Le portail n’a pas pu démarrer.")

    def _start(self) -> None:
        leftovers.stop(self.var)
        require_port(str(self.port))
        self.parts = portal_parts(self.var, self.port)
        with step("Serveur web, tâches de fond, minuteur"):
            # The web server alone at first: what one waits for is the first page.
            self._begin(self.parts[:1])
            end = time.monotonic() + FIRST_PAGE
            while not self._answers():
                self._leave_if_asked()
                self._look()
                if time.monotonic() > end:
                    raise EmbeddedError(f"Le serveur web ne répond pas : voir {self.parts[0].log}.")
                time.sleep(0.1)
            self._begin(self.parts[1:])

    def _begin(self, parts: list[Part]) -> None:
        for part in parts:
            part.log.write_bytes(b"")
            part.start()
        self._remember()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True  # it speaks; what it says is for its own tests
        except OSError:
            return False

    def _announce(self, begin: float) -> None:
        say()
        say(f"Le portail est prêt en {seconds(time.monotonic() - begin)} : {self.address}")
        accounts = state_folder(self.var) / "accounts.txt"
        if accounts.exists():
            say(accounts.read_text().rstrip())
        say(f"Journaux : {state_folder(self.var)}. Ctrl-C arrête tout.")
        say()

    def _watch(self) -> None:
        while True:
            self._leave_if_asked()
            self._look()
            time.sleep(0.2)

    def _look(self) -> None:
        before = [part.child for part in self.parts]
        for part in self.parts:
            part.look()
        if before != [part.child for part in self.parts]:
            self._remember()

    def _remember(self) -> None:
        known = {part.name: (part.child.pid, part.marks) for part in self.parts if part.child}
        leftovers.remember(self.var, known)

    def _stop(self) -> None:
        if not self.parts:
            return
        say("\nArrêt en cours… (Ctrl-C une seconde fois pour ne pas attendre)")
        begin = time.monotonic()
        for part in reversed(self.parts):
            part.ask_to_stop()
        for part in reversed(self.parts):
            while part.child and part.child.poll() is None:
                part.wait_or_kill(begin, hurry=self.asked > 1)
        leftovers.remember(self.var, {})

    def _on_signal(self, _number: int, _frame: object) -> None:
        self.asked += 1

    def _leave_if_asked(self, child: subprocess.Popen[bytes] | None = None) -> None:
        if not self.asked:
            return
        if child and child.poll() is None:
            child.terminate()
            child.wait()
        raise Stopped


def main() -> int:
    """0 after Ctrl-C, 1 with one French line when the portal cannot run."""
    speak_safely()
    if os.environ.get("MAKELEVEL"):
        dies_with(signal.SIGTERM)  # `make` itself killed: end cleanly
    portal = Portal(place(), int(os.environ.get("PORT") or 8000))
    try:
        portal.run()
    except EmbeddedError as error:
        complain(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
