"""What every test stands on: real servers, a place of its own, loud faults."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from cops import pagecache
from cops.counters import memory
from cops.embedded.errors import EmbeddedError
from cops.embedded.locks import Lock
from cops.embedded.sharing import Share
from cops.embedded.urls import broker_url
from resources.services import language
from tests.emptying import empty_only_what_was_filled
from tests.strictness import forbid_the_outside, forbid_undefined_variables

SLOTS = 3  # runs that may test at the same time on one COPS_VAR
WORKERS = 10  # broker numbers kept for each of them
SLOT = "COPS_TEST_SLOT"  # tells xdist's workers the slot of their controller

share = pytest.StashKey[Share]()
slot_lock = pytest.StashKey[Lock]()


def pytest_configure(config: pytest.Config) -> None:
    if not _is_worker(config):
        # The controller holds the servers and the slot for all its workers.
        config.stash[slot_lock] = _take_slot()
        config.stash[share] = Share(settings.VAR)
        try:
            config.stash[share].join()
        except EmbeddedError as error:
            pytest.exit(str(error), returncode=1)
    _settle_in(int(os.environ[SLOT]), os.environ.get("PYTEST_XDIST_WORKER", ""))
    empty_only_what_was_filled()
    forbid_the_outside()
    forbid_undefined_variables()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The browser's tests run by themselves: ``pytest tests/e2e``.

    Playwright keeps an event loop in its thread, in which Django would refuse, or
    double, the connections of the tests that come after.
    """
    if collection_path.name == "e2e" and not any("e2e" in argument for argument in config.args):
        return True
    return None


def pytest_collection_finish() -> None:
    """What was collected stays to the end: the collector of garbage need not look at it again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(_place(), ignore_errors=True)
    connections.close_all()
    if share in config.stash:
        config.stash[share].leave()
    if slot_lock in config.stash:
        config.stash[slot_lock].release()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _take_slot() -> Lock:
    for number in range(SLOTS):
        lock = Lock(settings.VAR / "tests" / f"{number}.lock")
        if lock.take(wait=False):
            os.environ[SLOT] = str(number)
            return lock
    pytest.exit(
        f"{SLOTS} séries de tests tournent déjà sur {settings.VAR} : attendez-en une, "
        "ou donnez un autre dossier avec COPS_VAR=…",
        returncode=1,
    )


def _settle_in(slot: int, worker: str) -> None:
    """A database, a broker number and a media folder that nobody else uses."""
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = f"test_cops_{slot}"
    rank = int(worker.removeprefix("gw")) + 1 if worker else 0
    if not os.environ.get("REDIS_URL"):
        number = 1 + slot * WORKERS + rank % WORKERS
        settings.CELERY_BROKER_URL = broker_url(settings.VAR, number=number)
    shutil.rmtree(_place(), ignore_errors=True)
    settings.MEDIA_ROOT = _place() / "media"
    settings.MEDIA_ROOT.mkdir(parents=True)
    settings.ERASURE_JOURNAL = _place() / "erasures.jsonl"
    # WhiteNoise warns about a missing folder, and a warning fails a test.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


def _place() -> Path:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return settings.VAR / "tests" / f"{os.environ[SLOT]}-{worker}"


@pytest.fixture(scope="module")
def starting_content(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The starting content, loaded once for a whole module and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_content", verbosity=0)
        language.forget()
        yield
        transaction.set_rollback(True)
    language.forget()


@pytest.fixture
def var() -> Path:
    """COPS_VAR of this run."""
    return settings.VAR


@pytest.fixture(autouse=True)
def nothing_kept_from_another_test() -> None:
    """A rolled back test leaves no row, but would leave its pages and its counts in memory."""
    pagecache.clear()
    memory._memory.take()
