"""One portal and one browser for all the tests of a worker."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.arrival import arrivals_awaited
from tests.e2e.browser import FLAGS, executable
from tests.e2e.models import Models
from tests.e2e.portal import Portal, portal


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first: at the end of the run, no worker waits for another one's."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def models(
    worker_id: str, testrun_uid: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Models]:
    alone = worker_id == "master"
    folder = tmp_path_factory.getbasetemp()
    folder = folder if alone else folder.parent  # of all the workers
    made = Models(testrun_uid, folder, 0 if alone else int(worker_id.removeprefix("gw")))
    made.prepare()
    yield made
    made.drop()


@pytest.fixture(scope="session")
def site(
    worker_id: str, models: Models, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    folder = tmp_path_factory.mktemp("portal")
    with portal(f"cops_e2e_{worker_id}", folder, models) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = executable()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium manque : les essais au navigateur sont obligatoires ici.")
        pytest.skip("Chromium manque : essais au navigateur non faits.")
    with arrivals_awaited(), sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield opened
        opened.close()


Open = Callable[..., Page]


@pytest.fixture
def visit(site: Portal, browser: Browser) -> Iterator[Open]:
    """``visit("/chemin/", width=360, scheme="dark")`` opens a page in a new context.

    Fails at the end on a console error, a violation of the CSP, or a request to another host.
    """
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(
        path: str,
        *,
        width: int = 1280,
        height: int = 900,
        scheme: str = "light",
        javascript: bool = True,
        forced_colors: str = "none",
        touch: bool = False,
        expect: int = 200,
    ) -> Page:
        context = browser.new_context(
            base_url=site.origin,
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            forced_colors=forced_colors,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            has_touch=touch,
            locale="fr-FR",
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                faults.append(f"{page.url}: {message.text}")
                # A form in error answers 422, which Chromium writes there too.
                if message.type == "error"
                and f"status of {expect}" not in message.text
                and "status of 422" not in message.text
                else None
            ),
        )
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((site.origin, "data:", "blob:", "about:"))
                else faults.append(f"autre hôte : {request.url}")
            ),
        )
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == expect, f"{path}: {answer.status}"
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
