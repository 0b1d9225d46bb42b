"""A real worker, killed while it makes a document."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db.models.functions import Now

from cops.exports import kinds, request_export
from cops.exports.enums import State
from cops.exports.models import Export
from cops.exports.running import work_folder
from cops.exports.tidying import exports_clear_leftovers, exports_sweep
from tests.background.conftest import Worker
from tests.embedded.conftest import wait_for
from tests.exports.probe.apps import SLOW, slow

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PATIENCE = 60


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register_kind(SLOW, "Document lent", make=slow, phases={"halves": "Moitiés"})


def a_minute_passes() -> None:
    """What the clock and the timer would do: the lease runs out, the sweeper comes."""
    past = Now() - timedelta(seconds=1)
    Export.objects.update(lease_until=past, next_ask_at=past)
    exports_sweep()


def test_an_export_whose_worker_is_killed_is_made_by_the_next_one(worker: Worker):
    export = request_export(kind=SLOW, parameters={}, content_hash="1")
    assert wait_for(lambda: worker.notes() == ["begun 1"], PATIENCE), worker.log()
    export.refresh_from_db()
    # Seen from here while the work goes on.
    assert (export.state, export.done, export.total) == (State.MAKING, 1, 2)
    assert export.progress_label == "Moitiés\u00a0: 1 sur 2"
    worker.kill()
    worker.start()
    a_minute_passes()

    def ready() -> bool:
        export.refresh_from_db()
        return export.state == State.READY

    assert wait_for(ready, PATIENCE), worker.log()
    assert worker.notes() == ["begun 1", "begun 2"]
    assert (export.attempts, export.filename) == (2, "entier.pdf")
    with default_storage.open(export.file) as file:
        assert file.read() == b"%PDF-1.7 whole"
    # What the killed worker had begun to write goes with the night.
    exports_clear_leftovers()
    assert list(work_folder().iterdir()) == []


def test_an_export_that_kills_three_workers_is_set_aside():
    export = request_export(kind=SLOW, parameters={}, content_hash="2")
    Export.objects.filter(pk=export.pk).update(
        state=State.MAKING, attempts=3, token="t", lease_until=Now() - timedelta(seconds=1)
    )
    from cops.exports.running import export_run

    export_run(export.pk)
    export.refresh_from_db()
    assert (export.state, export.reason, export.attempts) == (State.PARKED, "killed", 3)
