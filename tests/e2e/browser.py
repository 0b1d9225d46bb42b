"""Debian's Chromium through Playwright, closed to every host but our own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

from playwright.sync_api import Browser, sync_playwright

from cops.embedded.browser import installed

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def executable() -> str | None:
    """The browser to drive: the system's, else Playwright's own if it is there."""
    if found := installed():
        return found
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    path = executable()  # before: Playwright does not start inside another of its loops
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
