"""The journal of erasures, in the database and in a file kept beside the backups.

A backup restored next month brings back who left this week, and the journal of that day with
them: the file is what remembers. It names nobody.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from cops.privacy.models import Erasure
from cops.secrets import digest, digests

PURPOSE = "cops.privacy.erasure"


def subject_of(user: Any) -> str:
    """The account's number and the moment it was opened, as an HMAC."""
    return digest(_account(user), purpose=PURPOSE)


def subjects_of(user: Any) -> set[str]:
    """Under today's key and former ones."""
    return set(digests(_account(user), purpose=PURPOSE))


def _account(user: Any) -> str:
    return f"{user.pk} {user.joined_at.timestamp():.6f}"


def journal_path() -> Path:
    return Path(settings.ERASURE_JOURNAL)


def journal_write() -> int:
    """Append to the file what is only in the database. Gives how many lines.

    Safe to run again: a line that is there twice says nothing more.
    """
    rows = list(Erasure.objects.filter(written_at=None).order_by("pk")[:1000])
    if not rows:
        return 0
    path = journal_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.writelines(f"{json.dumps(_line(row))}\n" for row in rows)
        file.flush()
        os.fsync(file.fileno())
    Erasure.objects.filter(pk__in=[row.pk for row in rows]).update(written_at=timezone.now())
    return len(rows)


def _line(row: Erasure) -> dict[str, str]:
    return {
        "subject": row.subject,
        "date": timezone.localdate(row.erased_at).isoformat(),
        "scope": row.scope,
    }


def journal_lines(path: Path) -> Iterator[dict[str, str]]:
    """The lines of the file. One cut by a full disk is skipped: the database has it still."""
    with path.open(encoding="utf-8") as file:
        for text in file:
            try:
                line = json.loads(text)
            except ValueError:
                continue
            if isinstance(line, dict) and isinstance(line.get("subject"), str):
                yield line
