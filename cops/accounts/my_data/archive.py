"""The ZIP of a person: the same data for machines (JSON) and for people (HTML), and their files."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cops.accounts.models import User
from cops.accounts.my_data.wording import column_of, section
from cops.exports import ExportFault, Made, Progress, request_export
from cops.exports.enums import UNFINISHED
from cops.exports.models import Export
from cops.privacy.reading import Told, model_of, told_of

KIND = "accounts.my_data"
LABEL = "Une copie de vos données"
PHASES = {
    "reading": "Lecture de vos données",
    "files": "Copie de vos fichiers",
    "packing": "Assemblage",
}
DAYS = 2  # the link is good for 48 hours
FORMAT = 2  # of the JSON; raised when its shape changes


def my_data_request(*, user: User) -> Export:
    """The archive of this person: the one in preparation (a double click), or a new one."""
    # What changed since the last one was ready must be in it.
    over = Export.objects.filter(kind=KIND, owner=user).exclude(state__in=UNFINISHED)
    last = over.order_by("-pk").values_list("pk", flat=True).first()
    return request_export(kind=KIND, parameters={}, content_hash=f"after-{last}", owner=user)


def back(export: Export) -> tuple[str, str]:
    return "Revenir à « Mes données »", reverse("my_data:home")


def my_data_make(export: Export, progress: Progress) -> Made:
    """Write the archive of the owner of this export."""
    user = export.owner
    if user is None:
        raise ExportFault("Ce compte n’existe plus.")
    progress(0, 0, "reading")
    told = told_of(user)
    files = list(_files(told))
    now = timezone.localtime()
    with zipfile.ZipFile(export.target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (inside, stored) in enumerate(files):
            progress(number, len(files), "files")
            _copy(archive, inside, stored)
        progress(0, 0, "packing")
        archive.writestr("mes-donnees.json", _json(told, now))
        archive.writestr("mes-donnees.html", readable(told, now))
    return Made(f"mes-donnees-{now:%Y-%m-%d}.zip")


def _json(told: list[Told], now: datetime) -> str:
    content = {
        "format": FORMAT,
        "portail": settings.SITE["name"],
        "date": now.isoformat(timespec="seconds"),
        "donnees": [
            {
                "titre": one.declaration.title,
                "modele": one.declaration.model,
                "pourquoi": one.declaration.purpose,
                "base": one.declaration.basis.value,
                "duree": one.declaration.retention.words,
                "noms": dict(one.declaration.fields),
                "garde_sans_etre_donne": dict(one.declaration.withheld),
                "lignes": one.rows,
            }
            for one in told
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def readable(told: list[Told], now: datetime) -> str:
    """One page that opens anywhere, without the portal."""
    return render_to_string(
        "cops/accounts/my_data/archive.html",
        {"site": settings.SITE, "now": now, "sections": [section(one) for one in told]},
    )


def _files(told: list[Told]) -> Iterator[tuple[str, str]]:
    """Name in the archive, name in the storage."""
    for one in told:
        model = model_of(one.declaration)
        names = [
            n for n in one.declaration.fields if isinstance(column_of(model, n), models.FileField)
        ]
        for number, row in enumerate(one.rows, start=1):
            for name in names:
                if stored := row[name]:
                    folder = one.declaration.model.replace(".", "-")
                    yield f"fichiers/{folder}/{number}-{PurePosixPath(stored).name}", stored


def _copy(archive: zipfile.ZipFile, inside: str, stored: str) -> None:
    try:
        source = default_storage.open(stored)
    except FileNotFoundError:
        # Said rather than hidden; the rest of the data is theirs all the same.
        archive.writestr(f"{inside}.manque.txt", "Ce fichier n’est plus sur notre serveur.\n")
        return
    with source, archive.open(inside, "w") as target:
        for chunk in source.chunks():
            target.write(chunk)
