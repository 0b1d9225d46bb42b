from pathlib import Path

import pytest

from cops.embedded.browser import installed


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine that has these programs and no others."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))

    def having(*names: str) -> Path:
        for name in names:
            (tmp_path / name).touch(mode=0o755)
        return tmp_path

    return having


def test_the_browser_without_windows_is_preferred(machine):
    folder = machine("chromium", "chromium-headless-shell")
    assert installed() == str(folder / "chromium-headless-shell")


def test_any_chromium_of_the_system_serves(machine):
    folder = machine("chromium-browser")
    assert installed() == str(folder / "chromium-browser")


def test_the_one_that_is_named_is_taken(machine, monkeypatch):
    machine("chromium-headless-shell")
    monkeypatch.setenv("CHROMIUM", "/opt/le-mien")
    assert installed() == "/opt/le-mien"


def test_a_machine_may_have_none(machine):
    machine()
    assert installed() is None
