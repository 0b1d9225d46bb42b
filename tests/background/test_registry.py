from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import closing

import pytest
from celery.schedules import crontab
from django.db import connection

from cops.background import every, registry, sweep
from cops.background.celery import app
from cops.background.sweeping import LOCK_CLASS, sweeper_run
from cops.embedded.places import ROOT


@pytest.fixture
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_sweepers", {})
    monkeypatch.setattr(registry, "_timed", {})


def test_every_name_sent_is_the_name_of_a_task():
    app.loader.import_default_modules()
    sent = dict(_names_sent())

    assert {name: place for name, place in sent.items() if name not in app.tasks} == {}
    assert "cops.background.sweep_one" in sent


def test_every_name_on_the_timer_is_the_name_of_a_task():
    app.loader.import_default_modules()
    timed = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert timed - set(app.tasks) == set()
    assert "cops.background.sweep" in timed


def test_a_task_has_an_explicit_name_of_its_package():
    app.loader.import_default_modules()
    ours = {name: task for name, task in app.tasks.items() if not name.startswith("celery.")}

    assert ours
    for name, task in ours.items():
        assert name.startswith(task.__module__.removesuffix(".tasks") + "."), name


def _names_sent() -> Iterator[tuple[str, str]]:
    for package in ("cops", "resources"):
        for path in sorted((ROOT / package).rglob("*.py")):
            tree = ast.parse(path.read_text())
            constants = _constants(tree)
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _is_dispatch(node.func):
                    place = f"{path.relative_to(ROOT)}:{node.lineno}"
                    name = constants.get(ast.unparse(node.args[0]) if node.args else "")
                    assert name, f"{place}: write the name, here or in a constant of the module"
                    yield name, place


def _constants(tree: ast.Module) -> dict[str, str]:
    """How a text may be written in the module -> the text: itself, or a constant's name."""
    texts = {
        ast.unparse(node): node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for node in tree.body:
        if isinstance(node, ast.Assign) and (text := texts.get(ast.unparse(node.value))):
            texts |= {ast.unparse(target): text for target in node.targets}
    return texts


def _is_dispatch(function: ast.expr) -> bool:
    return (isinstance(function, ast.Name) and function.id == "dispatch") or (
        # Class-based views have a dispatch too, called on super() or on self.
        isinstance(function, ast.Attribute)
        and function.attr == "dispatch"
        and isinstance(function.value, ast.Name)
        and function.value.id in {"background", "dispatching"}
    )


@pytest.mark.usefixtures("empty")
def test_the_timer_tells_when_a_message_is_worth_nothing():
    at_four = crontab(hour="4", minute="10")
    every("probe.often", 30.0)
    every("probe.nightly", at_four)

    assert registry.beat_schedule() == {
        "probe.nightly": {
            "task": "probe.nightly",
            "schedule": at_four,
            "options": {"expires": 43200},
        },
        "probe.often": {"task": "probe.often", "schedule": 30.0, "options": {"expires": 30.0}},
    }


@pytest.mark.usefixtures("empty")
def test_two_of_the_same_name_are_refused():
    sweep("probe", list)
    sweep("probe", list)
    every("probe", 30.0)
    with pytest.raises(ValueError, match="two sweepers are named probe"):
        sweep("probe", dict)
    with pytest.raises(ValueError, match="on the timer already"):
        every("probe", 60.0)


@pytest.mark.django_db
@pytest.mark.usefixtures("empty")
def test_a_sweeper_runs_and_may_run_again():
    runs: list[int] = []
    sweep("probe", lambda: runs.append(1))

    assert [sweeper_run("probe"), sweeper_run("probe"), sweeper_run("gone")] == [True, True, False]
    assert len(runs) == 2
    assert _locks_of_this_session() == []


@pytest.mark.django_db
@pytest.mark.usefixtures("empty")
def test_a_faulty_sweeper_gives_its_lock_back():
    def fail() -> None:
        raise LookupError

    sweep("probe", fail)
    with pytest.raises(LookupError):
        sweeper_run("probe")
    assert _locks_of_this_session() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("empty")
def test_a_sweeper_never_runs_twice_at_once():
    seen: list[bool] = []

    def look() -> None:
        (objid,) = _locks_of_this_session()
        key = objid - 2**32 if objid >= 2**31 else objid
        with closing(connection.copy()) as other, other.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_CLASS, key])
            seen.append(cursor.fetchone()[0])

    sweep("probe", look)
    assert sweeper_run("probe")
    assert seen == [False]


def _locks_of_this_session() -> list[int]:
    # The view shows the whole server: the other workers' tests hold locks at the same time.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid FROM pg_locks WHERE locktype = 'advisory'"
            " AND pid = pg_backend_pid() AND classid = %s",
            [LOCK_CLASS],
        )
        return [objid for (objid,) in cursor.fetchall()]
