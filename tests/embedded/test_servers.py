from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest

from cops.embedded import postgres, redis
from cops.embedded.keeper import owner_lock
from cops.embedded.outage import outage
from cops.embedded.urls import socket_folder
from tests.embedded.conftest import Place, wait_for

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc")


def test_first_command_starts_the_servers_and_the_last_stops_them(fresh: Place):
    done = fresh.sql("SELECT current_user || ' ' || datlocprovider::text FROM pg_database LIMIT 1")

    assert (done.returncode, done.stdout, done.stderr) == (0, "cops b\n", "")
    assert fresh.processes() == {}
    assert not socket_folder(fresh.var).exists()


def test_the_command_gives_its_own_exit_code(spot: Place):
    assert (
        spot.run(
            "sh", "-c", "exit 7", DATABASE_URL="postgres://x", REDIS_URL="redis://x"
        ).returncode
        == 7
    )


def test_the_role_makes_test_databases_and_extensions(spot: Place):
    for statement in (
        "CREATE EXTENSION IF NOT EXISTS unaccent",
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    ):
        assert spot.sql(statement).stdout == "done\n"
    assert (
        spot.sql("SELECT rolcreatedb AND NOT rolsuper FROM pg_roles WHERE rolname = 'cops'").stdout
        == "True\n"
    )


def test_only_their_user_enters_the_folder_of_the_sockets(spot: Place):
    spot.start("cops.embedded.run", "--", "sleep", "30")
    sockets = socket_folder(spot.var)

    assert wait_for(lambda: postgres.ready(sockets) and redis.ready(sockets))
    assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
    assert sockets.stat().st_uid == (spot.var / "postgres").stat().st_uid


def test_two_commands_share_the_servers(spot: Place):
    first = spot.start("cops.embedded.run", "--", "sh", "-c", "sleep 2")
    second = spot.start(
        "cops.embedded.run", "--", "sh", "-c", 'touch "$COPS_VAR/here"; exec sleep 60'
    )
    assert wait_for((spot.var / "here").exists)
    first.wait(30)

    assert spot.sql("SELECT 1").stdout == "1\n"
    keeper = owner_lock(spot.var).read()["pid"]
    assert spot.sql("SELECT 1").stdout == "1\n"
    assert owner_lock(spot.var).read()["pid"] == keeper
    second.terminate()
    second.wait(30)
    assert spot.gone()


def test_killed_tree_leaves_nothing_and_starts_again(spot: Place):
    assert spot.sql("CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer").returncode == 0
    spot.start("cops.embedded.run", "--", "sleep", "60")
    assert wait_for(lambda: postgres.ready(socket_folder(spot.var)))
    for pid in list(spot.processes()):
        os.kill(pid, signal.SIGKILL)

    assert spot.sql("SELECT answer FROM kept").stdout == "42\n"


def test_killed_command_lets_the_servers_stop(spot: Place):
    child = spot.start("cops.embedded.run", "--", "sleep", "60")
    assert wait_for(lambda: postgres.ready(socket_folder(spot.var)))
    child.kill()

    assert spot.gone(20), spot.processes()


def test_stale_notes_of_somebody_else_are_swept(spot: Place):
    assert spot.sql("SELECT 1").returncode == 0
    # As in a container: the numbers of the dead servers belong to others by now.
    for name, path in (("postgres", "postgres/postmaster.pid"), ("redis", "redis/redis.pid")):
        (spot.var / path).write_text(f"{os.getpid()}\n{spot.var / name}\n")
    sockets = socket_folder(spot.var)
    sockets.mkdir(mode=0o700)
    (sockets / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    (sockets / "redis.sock").write_text("")

    assert spot.sql("SELECT 1").stdout == "1\n"


def test_a_server_that_dies_comes_back(spot: Place):
    spot.start("cops.embedded.run", "--", "sleep", "60")
    sockets = socket_folder(spot.var)
    assert wait_for(lambda: postgres.ready(sockets) and redis.ready(sockets))
    for note in ("postgres/postmaster.pid", "redis/redis.pid"):
        os.kill(int((spot.var / note).read_text().split()[0]), signal.SIGKILL)

    assert wait_for(lambda: not postgres.ready(sockets) or not redis.ready(sockets))
    assert wait_for(lambda: postgres.ready(sockets) and redis.ready(sockets))


def test_an_outage_lasts_as_long_as_asked(spot: Place):
    spot.start("cops.embedded.run", "--", "sleep", "60")
    sockets = socket_folder(spot.var)
    assert wait_for(lambda: postgres.ready(sockets) and redis.ready(sockets))

    with outage("postgres", spot.var):
        assert not postgres.ready(sockets)
        assert redis.ready(sockets)
    assert postgres.ready(sockets)


def test_somebody_else_s_folder_of_sockets_is_refused(spot: Place):
    sockets = socket_folder(spot.var)
    sockets.write_text("")
    try:
        done = spot.run("true")
    finally:
        sockets.unlink()

    assert done.returncode == 1
    assert done.stderr == (
        f"{sockets} existe déjà et n’est pas à nous : supprimez-le, puis relancez.\n"
    )


@pytest.mark.parametrize(
    ("variable", "line"),
    [
        (
            "COPS_POSTGRES_BIN",
            "COPS_POSTGRES_BIN=/nulle/part ne contient pas initdb et postgres : "
            "donnez le dossier « bin » d’un PostgreSQL 16 ou plus récent.\n",
        ),
        ("COPS_REDIS_SERVER", "COPS_REDIS_SERVER=/nulle/part : ce fichier n’existe pas.\n"),
    ],
)
def test_missing_server_is_one_line(spot: Place, variable: str, line: str):
    done = spot.run("true", **{variable: "/nulle/part"})

    assert (done.returncode, done.stdout, done.stderr) == (1, "", line)


def test_other_servers_need_none_of_ours(fresh: Place):
    done = fresh.run("true", DATABASE_URL="postgres://elsewhere/x", REDIS_URL="redis://elsewhere")

    assert (done.returncode, done.stderr, fresh.var.exists()) == (0, "", False)


@pytest.mark.usefixtures("as_root")
def test_closed_folder_moves_data_and_changes_no_right(closed_spot: Place):
    before = {path: path.stat().st_mode for path in closed_spot.var.parents}
    usual = os.umask(0o077)  # of a careful root: what is made for the servers must be opened
    try:
        done = closed_spot.sql("SELECT 1")
    finally:
        os.umask(usual)

    assert done.stdout == "1\n"
    assert "dans /var/lib/cops-dev-" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert {path: path.stat().st_mode for path in closed_spot.var.parents} == before
    assert not (closed_spot.var / "postgres").exists()
