from __future__ import annotations

import pytest

from cops.background import dispatch
from tests.background.conftest import Broker, Worker
from tests.embedded.conftest import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PATIENCE = 60


def test_a_task_whose_worker_is_killed_comes_back(worker: Worker):
    dispatch("probe.long")
    assert wait_for(worker.notes, PATIENCE), worker.log()
    worker.kill()
    worker.start()

    assert wait_for(lambda: worker.notes()[-1] == "done", PATIENCE), worker.log()
    first, second, last = worker.notes()
    assert first.startswith("begun ")
    assert second.startswith("begun ")
    assert first != second
    assert last == "done"


def test_what_was_to_run_while_redis_was_stopped_runs_when_it_is_back(
    worker: Worker, broker: Broker
):
    dispatch("probe.note", "ready")
    assert wait_for(lambda: worker.notes() == ["ready"], PATIENCE), worker.log()
    broker.stop()
    (worker.folder / "waiting-row").touch()
    dispatch("probe.note", "lost")
    broker.start()
    # The minute of the timer has come; the faulty sweeper holds back no other.
    assert wait_for(lambda: _sent_again(broker, worker), PATIENCE), worker.log()

    assert worker.notes() == ["ready", "swept waiting-row"]
    assert "this sweeper always fails" in worker.log()


def _sent_again(broker: Broker, worker: Worker) -> bool:
    if len(worker.notes()) == 1 and broker.waiting() == 0:
        dispatch("cops.background.sweep")
    return worker.notes()[-1] == "swept waiting-row" and "always fails" in worker.log()


def test_a_worker_told_to_stop_gives_its_task_back_and_the_next_one_takes_it(
    worker: Worker, broker: Broker
):
    dispatch("probe.long")
    assert wait_for(worker.notes, PATIENCE), worker.log()
    assert worker.child is not None
    worker.child.terminate()  # what Docker sends; REMAP_SIGTERM makes it a soft shutdown
    worker.child.wait(40)
    # In the queue again, not merely out of sight until somebody misses it.
    assert broker.waiting() == 1, worker.log()
    assert len(worker.notes()) == 1
    worker.start()
    assert wait_for(lambda: worker.notes()[-1] == "done", PATIENCE), worker.log()
    assert len(worker.notes()) == 3
