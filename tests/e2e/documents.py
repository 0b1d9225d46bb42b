"""Documents in preparation, in the portal of the browser tests."""

from __future__ import annotations

import itertools

from tests.e2e.portal import Portal

_MAKE = """
from cops.exports.models import Export
from django.utils import timezone
from datetime import timedelta
now = timezone.now()
export = Export.objects.create(kind="accounts.my_data", content_hash="", fingerprint={key!r},
    expires_at=now + timedelta(days=2), lease_until=now + timedelta(hours=1), **{fields!r})
print("document=" + export.public_id)
"""
_numbers = itertools.count()


def document(site: Portal, **fields: object) -> str:
    """The address of a document that anybody may see, in the state asked for."""
    key = f"browser-{next(_numbers)}"
    said = site.run(_MAKE.format(key=key, fields=fields))
    line = next(line for line in said.splitlines() if line.startswith("document="))
    return f"/exports/{line.removeprefix('document=')}/"


def make_documents(site: Portal) -> None:
    """What the worker would do: everything that waits."""
    site.run("from cops.exports.models import Export\n"
        "from cops.exports.running import export_run\n"
        "for pk in Export.objects.filter(state='waiting', owner__isnull=False)"
        ".values_list('pk', flat=True): export_run(pk)",
    )  # fmt: skip
