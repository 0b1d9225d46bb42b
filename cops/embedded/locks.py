"""File locks that the kernel releases when their holder dies, however it dies."""

from __future__ import annotations

import fcntl
import json
import os
import time
from pathlib import Path
from typing import Any

from cops.embedded.errors import EmbeddedError


class Lock:
    """One lock file; its content tells who holds it alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def take(self, *, shared: bool = False, wait: bool = True) -> bool:
        """Take it, or turn the one held into the other kind; False when others forbid it."""
        if self._descriptor is None:
            self._descriptor = self._open()
        mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self._descriptor, mode | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
        self._descriptor = None

    def write(self, facts: dict[str, Any]) -> None:
        """Say who holds it; only the holder may."""
        assert self._descriptor is not None  # noqa: S101
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, json.dumps(facts, ensure_ascii=False).encode(), 0)

    def read(self) -> dict[str, Any]:
        """What the last holder wrote; empty when unreadable."""
        try:
            facts = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}
        return facts if isinstance(facts, dict) else {}

    def held(self) -> bool:
        """Whether somebody else holds it alone."""
        probe = Lock(self.path)
        try:
            return not probe.take(shared=True, wait=False)
        finally:
            probe.release()

    def free_within(self, seconds: float) -> bool:
        """Wait until nobody holds it alone."""
        end = time.monotonic() + seconds
        while self.held():
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def _open(self) -> int:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except PermissionError:
            raise EmbeddedError(
                f"Pas le droit d’écrire dans {self.path.parent} : il a été fait par un autre "
                "utilisateur. Reprenez le même, ou choisissez un autre dossier avec COPS_VAR=…"
            ) from None
