"""What the machine must have before anything is installed; as root on Debian, put there."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from cops.embedded.errors import EmbeddedError
from cops.embedded.speech import step

# Library asked for by WeasyPrint -> Debian package.
PANGO = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def require_venv() -> None:
    """Debian ships Python without its own `venv`; raises EmbeddedError naming the package."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if install(package) or install("python3-venv"):
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip"):
            return
    raise EmbeddedError(
        "Il manque le module venv de Python : installez le paquet python3-venv "
        f"(« sudo apt-get install python3-venv » ou {package})."
    )


def require_pango() -> None:
    """The library that lays out the PDFs; raises EmbeddedError naming the packages."""
    if sys.platform != "linux":
        return  # WeasyPrint itself looks in several places there, and says what it misses
    missing = missing_libraries()
    if missing and install(*missing):
        missing = missing_libraries()
    if missing:
        raise EmbeddedError(
            "Il manque la bibliothèque Pango, qui met en page les PDF : "
            f"« sudo apt-get install {' '.join(missing)} »."
        )


def missing_libraries() -> list[str]:
    """The Debian packages of the libraries that cannot be loaded."""
    missing = []
    for library, package in PANGO.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def require_port(port: str) -> int:
    """The number of a free port; raises EmbeddedError when it is taken or no port."""
    if not port.isascii() or not port.isdigit() or not 1 <= int(port) <= 65535:
        raise EmbeddedError(f"PORT={port} n’est pas un port : donnez un nombre de 1 à 65535.")
    number = int(port)
    with socket.socket(socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except PermissionError:
            raise EmbeddedError(
                f"Le port {number} demande les droits d’administration : "
                "choisissez-en un autre, par exemple « make run PORT=8000 »."
            ) from None
        except OSError:
            other = number + 1 if number < 65535 else 8000
            raise EmbeddedError(
                f"Le port {number} est déjà pris par un autre programme : "
                f"fermez-le, ou lancez « make run PORT={other} »."
            ) from None
    return number


def install(*packages: str) -> bool:
    """As root on Debian, apt-get install; False anywhere else or when it fails."""
    if not may_install():
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    with step(f"Installation de {', '.join(packages)} (apt-get)"):
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        ):
            done = subprocess.run(
                command,
                env=environment,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
    return done.returncode == 0


def may_install() -> bool:
    """Root on Debian or one of its children."""
    debian = Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None
    return os.geteuid() == 0 and debian
