"""Where a run keeps its files; standard library only, since `prepare` asks first."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def place() -> Path:
    """COPS_VAR as the settings read it: the folder of everything a run keeps."""
    return Path(os.environ.get("COPS_VAR") or ROOT / "var").absolute()


def state_folder(var: Path) -> Path:
    """Locks and logs of the servers and of the portal's parts."""
    return var / "embedded"


def mail_folder(var: Path) -> Path:
    """What the portal sends in the demonstration."""
    return var / "mail"
