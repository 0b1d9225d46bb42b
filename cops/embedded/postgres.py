"""One Postgres, listening on a private socket only, with the role and database `cops`."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg

from cops.embedded import binaries
from cops.embedded.errors import EmbeddedError
from cops.embedded.home import Home
from cops.embedded.processes import spawn, stop, stop_orphan

OWNER = "cops"  # the application's role and its database
SUPERUSER = "cops_keeper"  # ours alone: makes that role, then is not used again
FAST = signal.SIGINT  # Postgres: end the sessions, write a checkpoint, leave
STOPPING = ((FAST, 15.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))


class Postgres:
    """Start, watch and stop; a keeper holds one."""

    name = "postgres"

    def __init__(self, home: Home) -> None:
        self.home = home
        self.data = home.data / "postgres"
        self.log = home.state / "postgres.log"
        self.child: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """End an orphan, make the data folder the first time. Raises EmbeddedError."""
        self.programs = self.home.reachable(binaries.postgres_folder() / "postgres").parent
        self._stop_orphan()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self.home.folder("postgres")
        self._check_version()

    def start(self) -> None:
        self._stop_orphan()
        folder = str(self.home.sockets)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{folder}"',
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            # A container's /dev/shm is small, and nobody else shares this server.
            "max_parallel_workers_per_gather": "0",
            "log_min_error_statement": "panic",
            "timezone": "Europe/Paris",
        }
        flags = [f"--{key}={value}" for key, value in options.items()]
        with self.log.open("ab") as output:
            self.child = spawn(
                [self.programs / "postgres", "-D", self.data, *flags],
                output=output,
                identity=self.home.identity,
                cwd="/",
                ends_on=FAST,
            )

    def answers(self) -> bool:
        """Whether the role exists and can ask; makes it on the first answer."""
        if ready(self.home.sockets):
            return True
        try:
            with self._superuser() as connection:
                _make_owner(connection)
        except psycopg.OperationalError:
            return False
        return ready(self.home.sockets)

    def stop(self) -> None:
        if self.child:
            stop(self.child, STOPPING)
        self.child = None

    def _superuser(self) -> psycopg.Connection[tuple[object, ...]]:
        return psycopg.connect(
            host=str(self.home.sockets),
            user=SUPERUSER,
            dbname="postgres",
            connect_timeout=2,
            autocommit=True,
        )

    def _initialise(self) -> None:
        # In a folder beside, renamed at the end: a run killed half-way leaves no half database.
        fresh = self.home.data / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self.home.folder("postgres.new")
        command: list[str | Path] = [self.programs / "initdb", "-D", fresh, "-U", SUPERUSER]
        command += [
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions",
            "--no-sync",
        ]
        if self._major() >= 17:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        with self.log.open("ab") as output:
            made = spawn(command, output=output, identity=self.home.identity, cwd="/")
            made.wait(120)
        if made.returncode:
            raise EmbeddedError(f"Postgres n’a pas pu créer sa base : voir {self.log}.")
        fresh.rename(self.data)

    def _major(self) -> int:
        answer = subprocess.run(
            [str(self.programs / "postgres"), "--version"],
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
        )
        found = re.search(r"\d+", answer.stdout)
        major = int(found.group()) if found else 0
        if major < 16:
            raise EmbeddedError(
                f"PostgreSQL {major} est trop ancien : il faut la version 16 ou plus récente "
                "(COPS_POSTGRES_BIN choisit un autre dossier)."
            )
        return major

    def _check_version(self) -> None:
        kept = (self.data / "PG_VERSION").read_text().strip()
        if kept != str(self._major()):
            raise EmbeddedError(
                f"Les données de {self.data} viennent de PostgreSQL {kept} : indiquez-le dans "
                "COPS_POSTGRES_BIN, ou déplacez ce dossier pour repartir d’une base neuve."
            )

    def _stop_orphan(self) -> None:
        note = self.data / "postmaster.pid"
        try:
            pid = int(note.read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            pid = 0
        stop_orphan(pid, marks=("postgres", str(self.data)), first=FAST)
        # Postgres trusts the number in it, which may be another process' by now.
        note.unlink(missing_ok=True)


def ready(sockets: Path) -> bool:
    """Whether `SELECT 1` answers for the application's role."""
    try:
        with psycopg.connect(
            host=str(sockets), user=OWNER, dbname=OWNER, connect_timeout=2
        ) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def _make_owner(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    def missing(question: str) -> bool:
        return connection.execute(question, [OWNER]).fetchone() is None

    if missing("SELECT 1 FROM pg_roles WHERE rolname = %s"):
        # CREATEDB is for the test databases.
        connection.execute("CREATE ROLE cops LOGIN CREATEDB")
    if missing("SELECT 1 FROM pg_database WHERE datname = %s"):
        connection.execute("CREATE DATABASE cops OWNER cops")
