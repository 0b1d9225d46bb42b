"""`make run` itself, once its environment is made."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cops.embedded.leftovers import portal_lock
from cops.embedded.outage import outage
from cops.embedded.places import state_folder
from tests.embedded.conftest import Place, wait_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc"),
]
START = 120.0  # seconds: two cores may be shared with a browser


@dataclass
class Run:
    place: Place
    port: int
    child: subprocess.Popen[str]
    output: Path

    @property
    def said(self) -> str:
        return self.output.read_text()

    def status(self, path: str) -> int:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            try:
                address = f"http://127.0.0.1:{self.port}{path}"
                return urllib.request.urlopen(address, timeout=10).status
            except urllib.error.HTTPError as error:
                return error.code
        return 0

    def parts(self) -> dict[str, int]:
        note = json.loads((state_folder(self.place.var) / "parts.json").read_text())
        return {name: pid for name, (pid, _marks) in note.items()}

    def wait_ready(self) -> None:
        assert wait_for(
            lambda: "Ctrl-C arrête tout" in self.said or self.child.poll() is not None, START
        )
        assert self.child.poll() is None, self.said


@contextlib.contextmanager
def running(place: Place, port: int) -> Iterator[Run]:
    output = place.var.parent / "output.txt"
    with output.open("w") as stream:
        child = place.start("cops.embedded.portal", output=stream, PORT=str(port))
    run = Run(place, port, child, output)
    run.wait_ready()
    yield run


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def test_the_portal_from_start_to_end(fresh: Place):
    port = free_port()
    with running(fresh, port) as first:
        assert re.sub(r"\d+,\d", "0,0", first.said) == EXPECTED.format(
            port=port, state=state_folder(fresh.var)
        )
        assert first.status("/healthz") == 200
        _second_start_names_the_owner(first)
        _parts_come_back(first)
        _outages_pass(first)
        _everything_is_killed(first)
    with running(fresh, port) as second:
        assert second.status("/healthz") == 200
        second.child.send_signal(signal.SIGINT)
        assert second.child.wait(60) == 0
        assert second.said.endswith("Tout est arrêté.\n")
        assert fresh.processes() == {}


def _second_start_names_the_owner(run: Run) -> None:
    again = run.place.start("cops.embedded.prepare", "run", PORT=str(free_port()))
    out, err = again.communicate(timeout=30)

    owner = portal_lock(run.place.var).read()
    assert (again.returncode, out) == (1, "")
    assert err.startswith(
        f"Le portail tourne déjà : http://localhost:{run.port} (processus {owner['pid']}, depuis "
    )
    assert len(err.splitlines()) == 1


def _parts_come_back(run: Run) -> None:
    before = run.parts()
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)

    assert wait_for(lambda: not set(run.parts().values()) & set(before.values()), 30)
    assert wait_for(lambda: run.status("/healthz") == 200, 30)
    assert run.said.count("Relance.") == len(before)


def _outages_pass(run: Run) -> None:
    before = run.parts()
    page = run.status("/")
    with outage("redis", run.place.var):
        assert run.status("/") == page
    with outage("postgres", run.place.var):
        assert run.status("/healthz") == 200
        assert run.status("/readyz") == 503
        # What memory does not hold needs the database.
        assert run.status("/recherche/?q=panne") == 503
    assert [run.status("/readyz") for _try in range(12)] == [200] * 12
    assert run.parts() == before


def _everything_is_killed(run: Run) -> None:
    for pid in run.place.processes():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    run.child.kill()
    run.child.wait(10)


def test_a_fault_while_starting_is_told_and_leaves_nothing(spot: Place):
    child = spot.start("cops.embedded.portal", PORT=str(free_port()), CELERY_BROKER_URL="x",
                       DATABASE_URL="postgres://cops@127.0.0.1:9/nothing")  # fmt: skip
    out, err = child.communicate(timeout=60)

    assert child.returncode == 1
    assert out.splitlines()[-1] == "Tout est arrêté."
    assert err.splitlines()[-2:] == [
        f"Détail dans {state_folder(spot.var) / 'steps.log'}.",
        "Le portail n’a pas pu démarrer.",
    ]
    assert spot.gone()


EXPECTED = """\
▸ Postgres et Redis… 0,0\u202fs
▸ Démarrage de Django… 0,0\u202fs
▸ Structure de la base… 0,0\u202fs
▸ Table du cache… 0,0\u202fs
▸ Feuilles de style et images… 0,0\u202fs
▸ Contenu de départ… 0,0\u202fs
▸ Comptes de démonstration… 0,0\u202fs
▸ Serveur web, tâches de fond, minuteur… 0,0\u202fs

Le portail est prêt en 0,0\u202fs : http://localhost:{port}
Comptes de démonstration (mot de passe : partenaires-de-demonstration)
  admin@demo.invalid   Administrateur
  team@demo.invalid    Équipe COPS
  member@demo.invalid  Membre
Les deux premiers demandent un code en plus, affiché ici : \
http://localhost:{port}/compte/demonstration/
Journaux : {state}. Ctrl-C arrête tout.

"""
