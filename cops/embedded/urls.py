"""Where the embedded servers listen, as settings of Django and Celery."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

LONGEST_FOLDER = 85  # a socket path holds 107 bytes, its file name included


def fingerprint(var: Path) -> str:
    """Twelve characters that tell one COPS_VAR from another."""
    return hashlib.sha256(os.path.realpath(var).encode()).hexdigest()[:12]


def socket_folder(var: Path) -> Path:
    """The private folder of the sockets: short, since a socket path holds 107 bytes."""
    folder = f"cops-{fingerprint(var)}"
    bases = [tempfile.gettempdir(), "/tmp"]  # noqa: S108 - the folder itself is private
    if os.geteuid() != 0 and (runtime := os.environ.get("XDG_RUNTIME_DIR")):
        bases.insert(0, runtime)
    for base in bases:
        path = Path(base) / folder
        if len(os.fsencode(path)) <= LONGEST_FOLDER and _usable(Path(base)):
            return path
    return Path("/tmp") / folder  # noqa: S108


def _usable(base: Path) -> bool:
    """Whether we may write there and, as root, whether the servers' user may enter."""
    if not base.is_dir() or not os.access(base, os.W_OK | os.X_OK):
        return False
    if os.geteuid() != 0:
        return True
    real = base.resolve()
    return all(path.stat().st_mode & stat.S_IXOTH for path in [real, *real.parents])


def database(var: Path, *, name: str, options: dict[str, Any]) -> dict[str, Any]:
    """An entry of DATABASES: DATABASE_URL if it is set, else the embedded server."""
    entry: dict[str, Any] = {
        "ENGINE": "cops.postgres",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
    if url := os.environ.get("DATABASE_URL"):
        parts = urlsplit(url)
        return entry | {
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
        }
    return entry | {"NAME": name, "USER": "cops", "HOST": str(socket_folder(var))}


def broker_url(var: Path, *, number: int = 0) -> str:
    """REDIS_URL if it is set, else the embedded Redis through its socket."""
    return (
        os.environ.get("REDIS_URL")
        or f"redis+socket://{socket_folder(var)}/redis.sock?virtual_host={number}"
    )
