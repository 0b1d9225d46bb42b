"""After a backup was restored: who had left leaves again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model

from cops.privacy.erasing import person_erase
from cops.privacy.journal import journal_lines, subjects_of
from cops.privacy.models import Erasure


@dataclass(frozen=True)
class Replay:
    lines: int
    erased: int


def erasures_replay(*, path: Path | None) -> Replay:
    """Erase every account that the journal names, of the file and of the database.

    Raises FileNotFoundError when the file that was given is not there. It may be run again.
    """
    scopes = dict(Erasure.objects.values_list("subject", "scope"))
    if path is not None:
        scopes |= {line["subject"]: line.get("scope", "") for line in journal_lines(path)}
    people = get_user_model()._base_manager.order_by("pk")
    erased = 0
    for user in people.only("pk", "joined_at", "email").iterator(chunk_size=500):
        if subjects_of(user) & scopes.keys():
            erased += person_erase(user=user, scope="replayed")
    known = set(Erasure.objects.values_list("subject", flat=True))
    Erasure.objects.bulk_create(
        [
            Erasure(subject=subject, scope=scope[:40])
            for subject, scope in scopes.items()
            if subject not in known
        ],
        ignore_conflicts=True,
    )
    return Replay(len(scopes), erased)
