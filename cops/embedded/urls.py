"""Where the embedded servers listen, as settings of Django and Celery."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit


def socket_folder(var: Path) -> Path:
    """The private folder of the sockets: short, since a socket path holds 107 bytes."""
    base = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    return Path(base) / f"cops-{hashlib.sha256(str(var).encode()).hexdigest()[:12]}"


def database(var: Path, *, name: str, options: dict[str, Any]) -> dict[str, Any]:
    """An entry of DATABASES: DATABASE_URL if it is set, else the embedded server."""
    entry: dict[str, Any] = {
        "ENGINE": "django.db.backends.postgresql",
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


def broker_url(var: Path) -> str:
    """REDIS_URL if it is set, else the embedded Redis through its socket."""
    return (
        os.environ.get("REDIS_URL")
        or f"redis+socket://{socket_folder(var)}/redis.sock?virtual_host=0"
    )
