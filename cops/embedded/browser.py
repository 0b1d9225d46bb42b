"""The Chromium of the browser tests: the system's, else the one that Playwright brings."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from cops.embedded import system

# The first is the same engine without the windows of a browser: half the time for the same tests.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser")


def installed() -> str | None:
    """The one to drive: CHROMIUM, else the first of the system's; None when it has none."""
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


def require_browser() -> bool:
    """Whether a Chromium is here, after trying to install Debian's, else Playwright's."""
    if not os.environ.get("CHROMIUM") and not shutil.which(SHELL):
        system.install(SHELL)
    if not installed():
        system.install("chromium")
    if not installed() and not _brought():
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    return bool(installed()) or _brought()


def _brought() -> bool:
    """Whether Playwright has its own already."""
    question = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", question], capture_output=True, text=True, check=False
    )
    return answer.returncode == 0 and Path(answer.stdout.strip()).exists()
