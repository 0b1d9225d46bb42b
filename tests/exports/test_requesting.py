"""One wish, one row, one file."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connections
from django.db.models.functions import Now

from cops.exports import request_export
from cops.exports.enums import TRANSITIONS, State
from cops.exports.models import Export
from cops.exports.running import export_run
from cops.exports.services import (
    export_expire,
    export_fail,
    export_finish,
    export_retry,
    export_take,
    exports_call_workers,
)
from cops.exports.tidying import exports_clear_leftovers, exports_erase_old, exports_sweep
from tests.accounts.people import person
from tests.exports.making import KIND, export

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("leaflets")]


def _ask(**changes) -> Export:
    wish = {"kind": KIND, "parameters": {"a": 1, "b": [2]}, "content_hash": "1"}
    return request_export(**wish | changes)


def test_the_same_wish_gives_the_same_row():
    owner = person()
    assert _ask(owner=owner) == _ask(owner=owner, parameters={"b": [2], "a": 1})
    assert Export.objects.count() == 1


def test_another_hash_owner_secret_or_parameter_is_another_document():
    rows = {
        _ask().pk,
        _ask(content_hash="2").pk,
        _ask(parameters={"a": 2}).pk,
        _ask(owner=person()).pk,
        _ask(owner=person()).pk,
        _ask(secret="s").pk,
        _ask(secret="t").pk,
    }
    assert len(rows) == 7


def test_a_kind_that_nobody_registered_is_refused():
    with pytest.raises(ValueError, match="no export is named"):
        request_export(kind="nothing", parameters={}, content_hash="1")


def test_a_double_click_asks_once():
    ready = threading.Barrier(8, timeout=20)
    rows = []

    def click():
        ready.wait()
        rows.append(_ask().pk)
        connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows) == 8
    assert set(rows) == set(Export.objects.values_list("pk", flat=True))
    assert len(set(rows)) == 1


def test_a_file_that_is_ready_is_given_again():
    row = _ask()
    export_run(row.pk)
    again = _ask()
    assert (again.pk, again.state) == (row.pk, State.READY)


@pytest.mark.parametrize("loss", ["over", "file"])
def test_what_is_no_longer_there_is_made_again(loss):
    row = _ask()
    export_run(row.pk)
    row.refresh_from_db()
    if loss == "over":
        Export.objects.update(expires_at=Now() - timedelta(seconds=1))
    else:
        default_storage.delete(row.file)
    again = _ask()
    assert again.pk != row.pk
    assert again.state == State.WAITING
    row.refresh_from_db()
    assert (row.state, row.file) == (State.EXPIRED, "")


def test_the_file_goes_when_its_time_has_passed_and_the_row_thirty_days_later():
    row = _ask()
    export_run(row.pk)
    row.refresh_from_db()
    name = row.file
    exports_sweep()
    assert default_storage.exists(name)
    Export.objects.update(expires_at=Now() - timedelta(minutes=1))
    exports_sweep()
    row.refresh_from_db()
    assert row.state == State.EXPIRED
    assert not default_storage.exists(name)
    assert exports_erase_old(10) == 0
    Export.objects.update(expires_at=Now() - timedelta(days=31))
    assert exports_erase_old(10) == 1
    assert not Export.objects.exists()


def test_a_file_without_row_is_removed_at_night():
    row = _ask()
    export_run(row.pk)
    row.refresh_from_db()
    folder = row.file.rpartition("/")[0]
    from django.core.files.base import ContentFile

    default_storage.save(f"{folder}/orphan-1.pdf", ContentFile(b"x"))
    assert exports_clear_leftovers() == 1
    assert default_storage.listdir(folder)[1] == [row.file.rpartition("/")[2]]


def test_a_lost_message_is_sent_again_later_and_later():
    row = _ask()
    assert exports_call_workers() == 0  # a worker was called just now
    pauses = []
    for _ in range(8):
        Export.objects.update(next_ask_at=Now() - timedelta(seconds=1))
        assert exports_call_workers() == 1
        row.refresh_from_db()
        pauses.append(row.asks)
    assert pauses == list(range(2, 10))
    assert exports_call_workers() == 0


def _take(row):
    return export_take(pk=row.pk)


ACTIONS = {
    "take": _take,
    "finish": lambda row: export_finish(export=row, file="exports/x.pdf", filename="x.pdf", size=1),
    "fail": lambda row: export_fail(export=row, reason="fault"),
    "retry": lambda row: export_retry(export=row),
    "relaunch": lambda row: export_retry(export=row, by_team=True),
    "expire": lambda row: export_expire(export=row),
}


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", State.values)
def test_no_action_leaves_the_table_of_transitions(state, action):
    row = export(
        state=state, token="t" if state == "making" else "", attempts=1, file="exports/x.pdf",
        filename="x.pdf", expires_at=Now() + timedelta(days=1), lease_until=Now(),
    )  # fmt: skip
    row.refresh_from_db()
    ACTIONS[action](row)
    row.refresh_from_db()
    assert row.state == state or State(row.state) in TRANSITIONS[State(state)]


@pytest.mark.parametrize(
    "change",
    [
        {"state": "nowhere"},
        {"state": "ready", "file": ""},
        {"done": 3, "total": 2},
    ],
    ids=["state", "file", "done"],
)
def test_the_database_refuses_what_cannot_be(change):
    row = export()
    with pytest.raises(IntegrityError):
        Export.objects.filter(pk=row.pk).update(**change)


def test_the_database_refuses_a_second_live_row_of_one_wish():
    first = export(fingerprint="a", state="expired")
    export(fingerprint="a")
    with pytest.raises(IntegrityError):
        Export.objects.filter(pk=first.pk).update(state="waiting")
