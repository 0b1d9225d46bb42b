"""« Mes données »: the statements of its page and of its copy, for a person with 1 000 rows."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cops.accounts.my_data.archive import KIND, my_data_make
from cops.audit.models import Entry
from cops.exports.models import Export
from cops.mail.models import Message
from resources.models import Binder, BinderItem, Resource
from tests.benchmarks.measure import Line, bound, measure

ROWS = 1_000


def _fill(user, rows: int) -> None:
    """So many rows of one person, in five tables."""
    part = rows // 5
    Message.objects.bulk_create(
        Message(to=user.email, person=user, category="account", bulk=False, template="t",
                subject=f"Mesure {n}", text="Bonjour.", dedupe_key=f"mesure-{user.pk}-{n}")
        for n in range(part)
    )  # fmt: skip
    Export.objects.bulk_create(
        Export(kind="mesure", content_hash="", fingerprint=f"{user.pk}-{n}", owner=user)
        for n in range(part)
    )
    Entry.objects.bulk_create(Entry(actor=user, action="mesure.lu") for _ in range(part))
    binders = Binder.objects.bulk_create(
        Binder(owner=user, name=f"Mesure {n}") for n in range(part)
    )
    sheet = Resource.objects.order_by("pk")[0]
    BinderItem.objects.bulk_create(
        BinderItem(binder=binder, resource=sheet, position=1) for binder in binders
    )


def _page_and_copy(rows: int) -> tuple[int, int]:
    """Statements of the page and of the making of the copy; both hold all the rows."""
    user = get_user_model().objects.create_user(email=f"mesure-{rows}@exemple.fr")
    _fill(user, rows)
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    address = reverse("my_data:home")
    client.get(address)  # some things are read once in a process
    with CaptureQueriesContext(connection) as page:
        assert client.get(address).status_code == 200
    export = Export(kind=KIND, owner=user)
    with TemporaryDirectory() as folder, CaptureQueriesContext(connection) as copy:
        export.target = Path(folder) / "document"
        my_data_make(export, lambda done, total, phase: None)
        with zipfile.ZipFile(export.target) as archive:
            told = json.loads(archive.read("mes-donnees.json"))["donnees"]
    assert sum(len(part["lignes"]) for part in told) >= rows
    return len(page), len(copy)


@measure("privacy")
def privacy() -> Iterator[Line]:
    counts = {}
    for rows in (10, ROWS):
        # The person and their rows are gone with the transaction.
        with transaction.atomic():
            counts[rows] = _page_and_copy(rows)
            transaction.set_rollback(True)
    page, copy = counts[ROWS]
    yield bound("privacy page, 1 000 rows", figure=page, target=20)
    yield bound("privacy copy, 1 000 rows", figure=copy, target=20)
    apart = max(abs(many - few) for many, few in zip(counts[ROWS], counts[10], strict=True))
    yield bound("privacy, 1 000 rows over 10", figure=apart, target=0)
