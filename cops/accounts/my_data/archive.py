"""The ZIP of a person: the same data for machines (JSON) and for people (HTML), and their files."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from cops.accounts.models import User
from cops.exports import ExportFault, Made, Progress, request_export
from cops.exports.models import Export
from cops.formats import date_fr, time_fr
from cops.privacy.reading import Told, model_of, told_of

KIND = "accounts.my_data"
LABEL = "Une copie de vos données"
PHASES = {
    "reading": "Lecture de vos données",
    "files": "Copie de vos fichiers",
    "packing": "Assemblage",
}
DAYS = 2  # the link is good for 48 hours
FORMAT = 1  # of the JSON; raised when its shape changes


def my_data_request(*, user: User) -> Export:
    """The archive of this person; asked again within the hour, the same one unless it was taken."""
    return request_export(
        kind=KIND,
        parameters={},
        content_hash=f"{timezone.now():%Y-%m-%dT%H}",
        owner=user,
    )


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


def section(one: Told) -> dict[str, Any]:
    """A declaration with its rows in French words, for a page."""
    return {
        "declaration": one.declaration,
        "total": one.total,
        "rows": [list(_words(one, row)) for row in one.rows],
        "more": one.total - len(one.rows),
    }


def _words(one: Told, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    model = model_of(one.declaration)
    for name, label in one.declaration.fields.items():
        yield label, _word(_column(model, name), row[name])


def _column(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """The column that a lookup (« sheet__title ») leads to."""
    head, _, rest = name.partition("__")
    column: Any = model._meta.get_field(head)
    return _column(column.related_model, rest) if rest else column


def _word(column: models.Field[Any, Any], value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(column, models.BooleanField):
        return "oui" if value else "non"
    if isinstance(column, models.DateTimeField):
        moment = datetime.fromisoformat(value)
        return f"{date_fr(moment)} à {time_fr(moment)}"
    if isinstance(column, models.DateField):
        return date_fr(datetime.fromisoformat(value))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def _files(told: list[Told]) -> Iterator[tuple[str, str]]:
    """Name in the archive, name in the storage."""
    for one in told:
        model = model_of(one.declaration)
        names = [
            n for n in one.declaration.fields if isinstance(_column(model, n), models.FileField)
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
