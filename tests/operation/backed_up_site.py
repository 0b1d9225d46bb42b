"""Run by the backup tests, in the portal of one COPS_VAR:

    python -m tests.operation.backed_up_site fill | write | leave | facts

``fill`` makes the tables, the starting content, people and files; ``write`` writes until it
is stopped; ``leave`` erases somebody; ``facts`` prints the count and the hash of each table,
and of each file.
"""

from __future__ import annotations

import hashlib
import json
import sys
from datetime import timedelta
from pathlib import Path

import django

KIND = "essai"
LEAVES = "personne3@example.org"
LETTERS = str.maketrans("0123456789", "abcdefghij")  # a kept search holds no digit


def fill() -> None:
    from django.contrib.auth import get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from django.core.management import call_command
    from django.utils import timezone

    from cops.exports.models import Export
    from cops.mail.models import Message

    call_command("prepare_release")
    call_command("load_content", verbosity=0)
    for number in range(20):
        get_user_model().objects.create_user(
            f"personne{number}@example.org", "une phrase assez longue"
        )
    # In the state in which a backup may find them: to be sent, and ready.
    Message.objects.create(
        to="personne1@example.org", category="account", bulk=False, template="essai",
        subject="Essai", text="Bonjour", dedupe_key="essai",
    )  # fmt: skip
    Export.objects.create(
        kind="essai", content_hash="x", fingerprint="x", state="ready", filename="x.pdf",
        file="exports/passager.zip", expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    session = SessionStore()
    session["mot"] = "session"
    session.create()
    for name in ("attachments/2026/été, avec espaces.pdf", "attachments/2026/b.bin",
                 "pdf/refait.pdf", "exports/passager.zip"):  # fmt: skip
        default_storage.save(name, ContentFile(name.encode() * 1000))


def write() -> None:
    """Two tables, one row of each per transaction: a backup must hold as many of both."""
    from django.db import connection, transaction

    number = 0
    while True:
        number += 1
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO counters_dailycount (kind, key, day, count) VALUES (%s, %s, now(), 1)",
                [KIND, f"{number:09}"],
            )
            cursor.execute(
                "INSERT INTO counters_searchmiss (text, day, count) VALUES (%s, now(), 1)",
                [f"{KIND} {number:09}".translate(LETTERS)],
            )
        if number == 1:
            print("begun", flush=True)  # noqa: T201


def leave() -> None:
    """Somebody goes, after the backup."""
    from django.contrib.auth import get_user_model

    from cops.privacy.erasing import person_erase
    from cops.privacy.journal import journal_write

    assert person_erase(user=get_user_model().objects.get(email=LEAVES), scope="account")
    assert journal_write() == 1


def facts() -> None:
    from django.conf import settings
    from django.db import connection

    tables = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(
                f"SELECT count(*), md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
                f' FROM "{name}" t'
            )
            tables[name] = cursor.fetchone()
    root = Path(settings.MEDIA_ROOT)
    files = {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    print(json.dumps({"tables": tables, "files": files}))  # noqa: T201


if __name__ == "__main__":
    django.setup()
    {"fill": fill, "write": write, "leave": leave, "facts": facts}[sys.argv[1]]()
