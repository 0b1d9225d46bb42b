"""A backup taken under load, restored into an empty server: with the scripts of production."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from cops.embedded import binaries
from cops.embedded.postgres import SUPERUSER
from cops.embedded.sharing import servers
from cops.embedded.urls import socket_folder

ROOT = settings.ROOT
DEPLOY = ROOT / "deploy"
PASSPHRASE = 'une phrase de passe, avec des accents é et des "guillemets" $PATH'
LOADED = {"counters_dailycount", "counters_searchmiss"}  # written to while the backup is taken
# Left out of a backup on purpose: nobody is signed in again by a restoring.
LEFT_OUT = {"django_session", "django_cache"}

pytestmark = pytest.mark.slow


@dataclass
class Place:
    """A portal of its own: servers, files, and the folder of its backups."""

    var: Path
    backups: Path
    restored_as: dict = field(default_factory=dict)  # its facts, right after the restoring
    said: str = ""  # by after_restore

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL"}}
        return kept | {
            "COPS_VAR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "tests.http.outage_settings",
            "PATH": f"{binaries.postgres_folder()}:{os.environ['PATH']}",
        }

    def script(self, name: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
        url = f"postgresql://cops@/cops?host={socket_folder(self.var)}"
        return subprocess.run(
            ["bash", str(DEPLOY / name), *arguments],
            cwd=ROOT,
            env=self.environment
            | {"DATABASE_URL": url, "MEDIA_ROOT": str(self.var / "media"),
               "ERASURE_JOURNAL": str(self.var / "journal" / "erasures.jsonl"),
               "BACKUP_FOLDER": str(self.backups), "BACKUP_PASSPHRASE": PASSPHRASE}
            | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )  # fmt: skip

    def site(self, what: str) -> str:
        return self._python("-m", "tests.operation.backed_up_site", what)

    def manage(self, *arguments: str) -> str:
        return self._python("manage.py", *arguments)

    def _python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment,
            capture_output=True, text=True, timeout=180,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.replace("\N{NO-BREAK SPACE}", " ")

    def facts(self) -> dict:
        return json.loads(self.site("facts"))

    @contextlib.contextmanager
    def load(self):
        """Somebody writes all the time in the block."""
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.operation.backed_up_site", "write"],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE,
        )  # fmt: skip
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"begun\n"
            yield
            assert writer.poll() is None
        finally:
            writer.terminate()
            writer.wait(10)
            if writer.stdout:
                writer.stdout.close()

    def ask(self, question: str, *values: object, user: str = "cops", dbname: str = "cops"):
        with psycopg.connect(
            host=str(socket_folder(self.var)), user=user, dbname=dbname, autocommit=True
        ) as link:
            cursor = link.execute(question, values or None)
            return cursor.fetchall() if cursor.description else []

    def archives(self) -> list[str]:
        return sorted(path.name for path in self.backups.glob("cops-*"))


@contextlib.contextmanager
def place(name: str, backups: Path | None = None):
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    var = settings.VAR / "tests" / f"backup-{worker}-{name}"
    shutil.rmtree(var, ignore_errors=True)
    (var / "static").mkdir(parents=True)
    found = Place(var, backups or var / "backups")
    found.backups.mkdir(exist_ok=True)
    with servers(var):
        yield found
    shutil.rmtree(var, ignore_errors=True)


@pytest.fixture(scope="module")
def source():
    """A portal with its content, people and files."""
    with place("source") as found:
        found.site("fill")
        yield found


@pytest.fixture(scope="module")
def backup(source):
    """Taken while somebody writes; with the facts of before."""
    before = source.facts()
    with source.load():
        time.sleep(0.5)
        done = source.script("backup.sh")
        assert done.returncode == 0, done.stderr
        time.sleep(0.2)
    archive = source.backups / source.archives()[-1]
    assert (source.backups / "erasures.jsonl").read_text() == ""  # nobody ever left
    source.site("leave")
    assert source.script("backup.sh").returncode == 0
    return archive, before


@pytest.fixture(scope="module")
def fresh(backup):
    """An empty server, its role and database made by the script of the postgres image."""
    with place("fresh") as found:
        for line in ("DROP DATABASE cops", "DROP ROLE cops"):
            found.ask(line, user=SUPERUSER, dbname="postgres")
        done = found.script(
            "postgres-init.sh", POSTGRES_USER=SUPERUSER, COPS_DATABASE_PASSWORD="s'il 'vous' plaît",
            PGHOST=str(socket_folder(found.var)),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        yield found


@pytest.fixture(scope="module")
def restored(backup, fresh):
    archive, _ = backup
    # What an operator brings to a new machine: an archive, and the journal that lies beside.
    shutil.copy(archive.parent / "erasures.jsonl", fresh.backups)
    done = fresh.script("restore.sh", str(archive))
    assert done.returncode == 0, done.stderr + done.stdout
    fresh.restored_as = fresh.facts()
    fresh.said = fresh.manage("after_restore")
    return fresh


def test_the_role_of_the_portal_owns_its_database_and_is_no_superuser(fresh):
    rights = "SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = 'cops'"
    assert fresh.ask(rights) == [(False, False, False)]
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'cops'"
    assert fresh.ask(owner) == [("cops",)]


def test_what_nobody_wrote_to_is_equal_row_by_row(backup, restored):
    before, after = backup[1]["tables"], restored.restored_as["tables"]
    still = before.keys() - LOADED - LEFT_OUT
    assert after.keys() == before.keys()
    assert {name: after[name] for name in still} == {name: before[name] for name in still}
    assert before["accounts_user"][0] == 20
    assert before["resources_resource"][0] > 5
    assert [after[name][0] for name in sorted(LEFT_OUT)] == [0, 0]


def test_what_was_written_meanwhile_is_there_up_to_one_moment(source, backup, restored):
    [(counts,)] = restored.ask("SELECT count(*) FROM counters_dailycount WHERE kind = 'essai'")
    [(misses,)] = restored.ask("SELECT count(*) FROM counters_searchmiss WHERE text LIKE 'essai%'")
    assert counts == misses > 0
    rows = "SELECT key FROM counters_dailycount WHERE kind = 'essai' ORDER BY key"
    assert restored.ask(rows) == source.ask(f"{rows} LIMIT {counts}")
    assert len(source.ask(rows)) > counts  # the writer went on


def test_the_files_are_there_without_those_that_are_made_again(backup, restored):
    before, after = backup[1]["files"], restored.restored_as["files"]
    assert after == {name: sha for name, sha in before.items() if name.startswith("attachments/")}
    assert len(after) == 2


def test_who_left_after_the_backup_is_not_there_again(source, restored):
    who = "SELECT email FROM accounts_user WHERE email LIKE 'personne%' ORDER BY email"
    assert len(restored.ask(who)) == 19
    assert restored.ask(who) == source.ask(who)
    assert ("personne3@example.org",) not in restored.ask(who)
    assert "Effacées de nouveau : 1 personne." in restored.said
    assert "Effacées de nouveau : 0 personne." in restored.manage("after_restore")


def test_a_mail_that_may_have_left_since_waits_for_a_person(restored):
    row = "SELECT state, not_before, reason FROM mail_message WHERE dedupe_key = 'essai'"
    assert restored.ask(row) == [
        ("uncertain", None, "En attente quand la sauvegarde a été faite : peut-être parti depuis.")
    ]
    assert "1 courriel attend votre décision" in restored.said


def test_a_document_whose_file_is_no_longer_there_is_said_to_be_over(restored):
    assert restored.ask("SELECT state, file FROM exports_export") == [("expired", "")]


def test_without_any_journal_nothing_is_opened_again_by_mistake(restored):
    journal = restored.var / "journal" / "erasures.jsonl"
    kept = journal.read_text()
    journal.unlink()
    with pytest.raises(AssertionError, match="des personnes effacées reviendraient"):
        restored.manage("after_restore")
    restored.manage("after_restore", "--without-journal")
    journal.write_text(kept)


def test_the_restored_portal_works(restored):
    restored.manage("migrate", "--check")
    answer = restored._python(
        "-c",
        "import django; django.setup(); from django.test import Client; c = Client();"
        "print([c.get(a).status_code for a in ('/', '/ressources/', '/lexique/',"
        " '/recherche/?q=patient', '/readyz')])",
    )
    assert answer.strip().splitlines()[-1] == "[200, 200, 200, 200, 200]"


def test_an_archive_tells_nothing_to_who_has_not_the_passphrase(source, backup, fresh):
    archive, _ = backup
    assert b"personne1@example.org" not in archive.read_bytes()
    assert archive.stat().st_mode & 0o077 == 0
    before = fresh.facts()
    done = fresh.script("restore.sh", str(archive), BACKUP_PASSPHRASE="une autre")
    assert done.returncode == 1
    assert "La sauvegarde ne peut pas être lue" in done.stderr
    assert fresh.facts() == before


def test_a_damaged_archive_changes_nothing(backup, fresh, tmp_path):
    archive, _ = backup
    damaged = tmp_path / "cops-abime.tar.gpg"
    content = bytearray(archive.read_bytes())
    content[len(content) // 2] ^= 0xFF
    damaged.write_bytes(content)
    before = fresh.facts()
    done = fresh.script("restore.sh", str(damaged), RESTORE_CONFIRMED="1")
    assert done.returncode == 1
    assert fresh.facts() == before


def test_an_archive_that_is_not_there_is_said(fresh):
    done = fresh.script("restore.sh", "cops-nulle.tar.gpg")
    assert (done.returncode, done.stderr) == (
        1, "Cette sauvegarde n’existe pas : cops-nulle.tar.gpg\n",
    )  # fmt: skip


def test_a_journal_from_another_machine_outlives_the_backup_of_what_is_here(backup, restored):
    archive, _ = backup
    shutil.copy(archive, restored.backups)
    own, brought = (restored.var / "journal/erasures.jsonl", restored.backups / "erasures.jsonl")
    kept = own.read_text()
    stranger = json.dumps({"person": "x" * 64, "at": "2026-11-20"})
    brought.write_text(f"{stranger}\n")
    done = restored.script("restore.sh", archive.name, RESTORE_CONFIRMED="1")
    assert done.returncode == 0, done.stderr
    assert set(own.read_text().splitlines()) == {*kept.splitlines(), stranger}
    assert stranger in brought.read_text()
    own.write_text(kept)
    brought.write_text(kept)
    restored.manage("after_restore")


def test_a_file_that_cannot_be_read_is_said_before_anything_else(tmp_path):
    """Copied into its container, it belongs to root, and the script runs as somebody else."""
    somebody = ["setpriv", "--reuid=65534", "--clear-groups"] if os.getuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="cops-essai-"))
    folder.chmod(0o777)
    archive = folder / "cops-x.tar.gpg"
    archive.touch(mode=0o600 if somebody else 0o000)
    done = subprocess.run(
        [*somebody, "bash", str(_readable_copy(DEPLOY / "restore.sh", folder)), archive.name],
        env={"PATH": os.environ["PATH"], "DATABASE_URL": "postgresql://nowhere/x",
             "BACKUP_FOLDER": str(folder), "BACKUP_PASSPHRASE": PASSPHRASE},
        capture_output=True, text=True,
    )  # fmt: skip
    shutil.rmtree(folder)
    assert done.returncode == 1
    assert "chmod a+r cops-x.tar.gpg" in done.stderr


def _readable_copy(script: Path, folder: Path) -> Path:
    copy = folder / script.name
    shutil.copy(script, copy)
    copy.chmod(0o755)
    return copy


def test_over_data_it_asks_first_and_keeps_what_was_there(backup, restored):
    archive, _ = backup
    shutil.rmtree(restored.backups)
    restored.backups.mkdir()
    done = restored.script("restore.sh", str(archive))  # nobody answers
    assert done.returncode == 1
    assert "elles seront remplacées" in done.stdout
    assert restored.archives() == []
    restored.ask("INSERT INTO counters_searchmiss (text, day, count) VALUES ('après', now(), 1)")
    done = restored.script("restore.sh", str(archive), RESTORE_CONFIRMED="1")
    assert done.returncode == 0, done.stderr
    assert restored.ask("SELECT count(*) FROM counters_searchmiss WHERE text = 'après'") == [(0,)]
    [saved] = restored.archives()
    assert saved.endswith("-before-restore.tar.gpg")
    done = restored.script("restore.sh", saved, RESTORE_CONFIRMED="1")
    assert done.returncode == 0, done.stderr
    assert restored.ask("SELECT count(*) FROM counters_searchmiss WHERE text = 'après'") == [(1,)]
    restored.manage("after_restore")


def test_tables_of_a_newer_release_do_not_stay_in_the_way(backup, restored):
    archive, _ = backup
    restored.ask("CREATE TABLE from_a_newer_release (id int)")
    done = restored.script("restore.sh", str(archive), RESTORE_CONFIRMED="1")
    assert done.returncode == 0, done.stderr
    assert restored.ask("SELECT to_regclass('from_a_newer_release')") == [(None,)]
    restored.manage("after_restore")


def test_old_archives_go_once_a_new_one_is_there(source):
    old = source.backups / "cops-20200101T030000Z.tar.gpg"
    other = source.backups / "lisez-moi.txt"
    for path in (old, other):
        path.write_bytes(b"x")
        os.utime(path, (time.time() - 31 * 86_400,) * 2)
    (source.backups / ".making-tue").mkdir()
    assert source.script("backup.sh").returncode == 0
    assert not old.exists()
    assert other.exists()
    assert list(source.backups.glob(".making-*")) == []


def test_a_backup_that_fails_leaves_the_old_ones_and_no_half_one(source):
    before = source.archives()
    done = source.script("backup.sh", DATABASE_URL="postgresql://cops@/nulle?host=/nulle/part")
    assert done.returncode != 0
    assert source.archives() == before
    assert list(source.backups.glob(".making-*")) == []


def test_programs_of_another_major_version_are_refused(source, tmp_path):
    fake = tmp_path / "pg_dump"
    fake.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.4'\n")
    fake.chmod(0o755)
    path = f"{tmp_path}:{source.environment['PATH']}"
    done = source.script("backup.sh", PATH=path)
    assert done.returncode == 1
    assert "et trouve pg_dump 15." in done.stderr


def test_two_backups_at_once_are_one(source):
    lock = source.backups / ".lock"
    holder = subprocess.Popen(["flock", "--no-fork", str(lock), "sleep", "60"])
    try:
        end = time.monotonic() + 10
        while subprocess.run(["flock", "--nonblock", str(lock), "true"]).returncode == 0:
            assert time.monotonic() < end
        done = source.script("backup.sh")
        assert (done.returncode, done.stderr) == (1, "Une sauvegarde est déjà en cours.\n")
    finally:
        holder.terminate()
        holder.wait(5)
