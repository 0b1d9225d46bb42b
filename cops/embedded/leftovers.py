"""Who runs the portal on this COPS_VAR, and what a killed run left behind."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path
from typing import Any

from cops.embedded.locks import Lock
from cops.embedded.places import state_folder
from cops.embedded.processes import stop_orphan


def portal_lock(var: Path) -> Lock:
    """Held alone by the `make run` of this COPS_VAR."""
    return Lock(state_folder(var) / "portal.lock")


def owner_line(var: Path) -> str | None:
    """The French line that names a live `make run`, None when there is none."""
    lock = portal_lock(var)
    if not lock.path.exists() or not lock.held():
        return None
    facts = lock.read()
    since = facts.get("since")
    when = f", depuis {time.strftime('%H h %M', time.localtime(since))}" if since else ""
    return (
        f"Le portail tourne déjà : {facts.get('address', 'adresse inconnue')} "
        f"(processus {facts.get('pid', 'inconnu')}{when}). Arrêtez-le par Ctrl-C dans son "
        "terminal, ou lancez-en un second ailleurs avec COPS_VAR=… et PORT=…"
    )


def remember(var: Path, parts: dict[str, tuple[int, list[str]]]) -> None:
    """Note each part's process number and words of its command, for the next start."""
    draft = _note(var).with_suffix(".new")
    draft.write_text(json.dumps(parts))
    draft.replace(_note(var))  # a reader sees the note before or after, never half of it


def stop(var: Path) -> list[str]:
    """End the parts that a killed run left, and say which; only when nobody owns them."""
    try:
        parts: dict[str, Any] = json.loads(_note(var).read_text())
    except (OSError, ValueError):
        return []
    ended = [
        name
        for name, (pid, marks) in parts.items()
        if stop_orphan(pid, marks=marks, first=signal.SIGQUIT)
    ]
    _note(var).unlink(missing_ok=True)
    return ended


def _note(var: Path) -> Path:
    return state_folder(var) / "parts.json"
