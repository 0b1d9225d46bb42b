"""The worker that makes a binder is killed in the middle: another one makes the same document."""

from __future__ import annotations

import pytest

from cops.exports.enums import State
from cops.exports.models import Export
from cops.exports.running import export_run
from tests.background.conftest import Worker
from tests.embedded.conftest import wait_for
from tests.exports.conftest import broker, media, redis_server, worker  # noqa: F401
from tests.exports.test_worker import PATIENCE, a_minute_passes
from tests.resources import factories
from tests.resources.test_binder_export import asked, content, started

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SHEETS = 40


def test_another_worker_makes_the_very_document_that_a_killed_one_began(worker: Worker):  # noqa: F811
    sheets = [factories.resource(title=f"Fiche {n}") for n in range(SHEETS)]
    factories.path(sheets[0], steps=3)
    export = asked(started(*sheets))

    def said(*states: State) -> bool:
        export.refresh_from_db()
        return export.state in states and (export.state != State.MAKING or export.done > 0)

    assert wait_for(lambda: said(State.MAKING), PATIENCE), worker.log()
    worker.kill()
    export.refresh_from_db()
    assert (export.state, export.phase, export.total) == (State.MAKING, "sheets", SHEETS)
    assert 0 < export.done < SHEETS
    worker.start()
    a_minute_passes()
    assert wait_for(lambda: said(State.READY, State.FAILED), PATIENCE), worker.log()
    assert (export.state, export.attempts) == (State.READY, 2)
    made = content(export)

    Export.objects.update(state=State.WAITING, file="", attempts=0)
    export_run(export.pk)
    export.refresh_from_db()
    assert (export.state, export.attempts) == (State.READY, 1)
    assert content(export) == made
