"""Where the servers keep their data and under whom they run.

Postgres refuses to run as root, so root starts both as an unprivileged user. That user
may not be able to enter the project's folder (a clone under /root): then binaries and
data live under /var/lib. The rights of what already exists are never changed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from cops.embedded.errors import EmbeddedError
from cops.embedded.places import state_folder
from cops.embedded.processes import Identity
from cops.embedded.urls import fingerprint, socket_folder

UNPRIVILEGED = ("nobody", "postgres", "daemon")


@dataclass
class Home:
    """The folders of one COPS_VAR. `identity` is None when we are not root."""

    var: Path
    data: Path
    sockets: Path
    identity: Identity | None
    notes: list[str] = field(default_factory=list)

    @property
    def state(self) -> Path:
        return state_folder(self.var)

    def folder(self, name: str) -> Path:
        """A private folder of the servers' user, made when it is missing."""
        path = self.data / name
        if not path.exists():
            path.mkdir(mode=0o700)
            self.give(path)
        elif (owner := path.stat().st_uid) != self.uid:
            raise EmbeddedError(
                f"{path} appartient à « {_name(owner)} » : relancez avec le même utilisateur, "
                "ou choisissez un autre dossier avec COPS_VAR=…"
            )
        return path

    @property
    def uid(self) -> int:
        return self.identity.uid if self.identity else os.geteuid()

    def give(self, path: Path) -> None:
        """Hand what we have just made to the servers' user."""
        if self.identity:
            os.chown(path, self.identity.uid, self.identity.gid)

    def reachable(self, program: Path) -> Path:
        """The program, or its copy under /var/lib when the servers' user cannot enter."""
        if self.identity is None or _reaches(program, self.identity):
            return program
        return _copied(program, _away(self.var))

    def open_sockets(self) -> None:
        """A fresh private folder for the sockets: /tmp is everybody's, so look before trusting."""
        try:
            self.sockets.mkdir(mode=0o700)
        except FileExistsError:
            found = self.sockets.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {self.uid, os.geteuid()}:
                raise EmbeddedError(
                    f"{self.sockets} existe déjà et n’est pas à nous : supprimez-le, puis relancez."
                ) from None
            shutil.rmtree(self.sockets)
            self.sockets.mkdir(mode=0o700)
        self.give(self.sockets)


def settle(var: Path) -> Home:
    """Choose folders and user for this COPS_VAR; raises EmbeddedError when none will do."""
    var.mkdir(mode=0o755, parents=True, exist_ok=True)
    state_folder(var).mkdir(mode=0o755, exist_ok=True)
    sockets = socket_folder(var)
    if os.geteuid() != 0:
        return Home(var=var, data=var, sockets=sockets, identity=None)
    away = _away(var)
    identity = _unprivileged(var, away)
    kept_away = (away / "postgres").exists() and not (var / "postgres").exists()
    if not kept_away and _reaches(var, identity):
        return Home(var=var, data=var, sockets=sockets, identity=identity)
    if not away.exists():
        away.mkdir(parents=True)
        away.chmod(0o755)  # whatever the umask: the servers' user must enter
    note = (
        f"Données de Postgres et Redis dans {away} : l’utilisateur "
        f"« {_name(identity.uid)} », qui les fait tourner, ne peut pas entrer dans {var}."
    )
    return Home(var=var, data=away, sockets=sockets, identity=identity, notes=[note])


def _away(var: Path) -> Path:
    return Path("/var/lib") / f"cops-dev-{fingerprint(var)}"


def _unprivileged(*places: Path) -> Identity:
    for place in [folder / "postgres" for folder in places]:
        # Data made earlier by an ordinary user stay his: run as him.
        if place.exists() and (owner := place.stat()).st_uid != 0:
            return Identity(owner.st_uid, owner.st_gid)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Identity(entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        "Aucun utilisateur sans privilège (nobody) pour faire tourner Postgres : "
        "lancez la commande avec un compte ordinaire."
    )


def _reaches(path: Path, identity: Identity) -> bool:
    # Asked from the user itself: only the kernel knows modes, groups and access lists.
    question = subprocess.run(
        ["/bin/sh", "-c", 'test -r "$1" && test -x "$1"', "sh", str(path)],
        user=identity.uid,
        group=identity.gid,
        extra_groups=[],
        cwd="/",
        check=False,
        stderr=subprocess.DEVNULL,
    )
    return question.returncode == 0


def _copied(program: Path, away: Path) -> Path:
    """Copy a wheel's programs; its libraries are found relative to them."""
    package = next(
        (up for up in program.parents if up.parent.name == "site-packages"), program.parent
    )
    target = away / "bin" / package.name
    source_time = str(program.stat().st_mtime_ns)
    stamp = away / "bin" / f"{package.name}.stamp"
    if not stamp.exists() or stamp.read_text() != source_time:
        target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        libraries = package.with_name(f"{package.name}.libs")
        for origin in filter(Path.is_dir, (package, libraries)):
            place = target.parent / origin.name
            shutil.rmtree(place, ignore_errors=True)
            shutil.copytree(origin, place, ignore=shutil.ignore_patterns("__pycache__", "include"))
        _open_to_all(target.parent)
        stamp.write_text(source_time)
    return target / program.relative_to(package)


def _open_to_all(folder: Path) -> None:
    # Our own copies only: a umask of 077 would close them again.
    for path in [folder, *folder.rglob("*")]:
        mode = path.stat().st_mode
        path.chmod(mode | (0o055 if mode & 0o100 else 0o044))


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
