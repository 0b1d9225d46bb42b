"""What every portal of the browser tests begins with, made once for all the workers of a run.

A database with the starting content, that is copied, and the static files, that are shared: the
first worker that needs one makes it while the other makes the other.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings

from cops.embedded.locks import Lock

ROOT = Path(__file__).resolve().parent.parent.parent

_FILL = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("createcachetable")
call_command("load_content")
"""
_COLLECT = """
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0)
"""


@dataclass(frozen=True)
class Models:
    """``run`` names the run of the tests, ``folder`` is shared by its workers."""

    run: str
    folder: Path
    rank: int  # of this worker: an odd one begins with the files, the others with the database

    def prepare(self) -> None:
        """Has both made, by whoever comes first."""
        steps = [self.database, self.static_files]
        for step in reversed(steps) if self.rank % 2 else steps:
            step()

    def static_files(self) -> Path:
        """The folder of the collected files."""
        made = self.folder / "static"
        with _alone(self.folder / "static.lock"):
            if not made.exists():
                half = self.folder / "static.half"
                self._python(_COLLECT, database="", static=half)
                half.rename(made)
        return made

    def database(self) -> str:
        """The name of the one to copy; nobody connects to it."""
        name = f"cops_e2e_model_{self.run}"
        with _alone(self.folder / "database.lock"), connect() as connection:
            known = "SELECT 1 FROM pg_database WHERE datname = %s"
            if not connection.execute(known, [name]).fetchone():
                half = f"{name}_half"
                recreate(half)
                self._python(_FILL, database=half, static=self.folder / "static")
                connection.execute(f'ALTER DATABASE "{half}" RENAME TO "{name}"')
        return name

    def copy_database(self, name: str) -> None:
        model = self.database()
        with _alone(self.folder / "database.lock"):
            recreate(name, f'TEMPLATE "{model}"')

    def drop(self) -> None:
        """Once this worker needs it no more; another one that would makes it anew."""
        with _alone(self.folder / "database.lock"):
            drop(f"cops_e2e_model_{self.run}")

    def _python(self, code: str, *, database: str, static: Path) -> None:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
            "E2E_DATABASE": database,
            "E2E_FOLDER": str(self.folder / "model"),
            "E2E_STATIC": str(static),
        }
        code = f"import django; django.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True,
            timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]


class _alone:
    def __init__(self, path: Path) -> None:
        self._lock = Lock(path)

    def __enter__(self) -> None:
        self._lock.take()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


def connect() -> psycopg.Connection:
    """Beside the databases of the portals."""
    database = settings.DATABASES["default"]
    return psycopg.connect(
        host=database["HOST"], port=database.get("PORT") or None, user=database["USER"],
        password=database.get("PASSWORD") or None, dbname="postgres", autocommit=True,
    )  # fmt: skip


def recreate(name: str, how: str = "") -> None:
    drop(name)
    with connect() as connection:
        connection.execute(f'CREATE DATABASE "{name}" {how}')


def drop(name: str) -> None:
    with connect() as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
