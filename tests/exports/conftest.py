"""Kinds of the tests, and a real worker that knows one of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from cops.exports import kinds
from tests.background.conftest import Broker, Worker, broker, redis_server  # noqa: F401
from tests.exports.making import register_leaflet


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    """Files of this test alone: what is left behind is counted."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``kind(make=…)`` registers the leaflet for this test alone."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    return register_leaflet


@pytest.fixture
def leaflets(kind: Callable[..., None]) -> None:
    kind()


@pytest.fixture
def worker(broker: Broker, tmp_path: Path) -> Iterator[Worker]:  # noqa: F811
    worker = Worker(
        os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "tests.exports.worker_settings",
            "PROBE_FOLDER": str(tmp_path),
            "PROBE_MEDIA": str(settings.MEDIA_ROOT),
            "PROBE_DATABASE": str(connection.settings_dict["NAME"]),
            "PROBE_BROKER": broker.url,
            "REMAP_SIGTERM": "SIGQUIT",
        },
        tmp_path,
    )
    worker.start()
    yield worker
    worker.kill()
