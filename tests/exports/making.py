"""Exports for the tests: rows, and kinds whose makers do what a test wants."""

from __future__ import annotations

from typing import Any

from cops.exports.kinds import Made, Progress, register_kind
from cops.exports.models import Export

KIND = "tests.leaflet"


def leaflet(export: Export, progress: Progress) -> Made:
    """Three pages, then the binding."""
    for page in range(1, 4):
        progress(page, 3, "pages")
    export.target.write_bytes(b"%PDF-1.7 leaflet")
    progress(3, 3, "binding")
    return Made("dépliant.pdf")


def register_leaflet(**options: Any) -> None:
    options = {"make": leaflet, "phases": {"pages": "Pages", "binding": "Reliure"}} | options
    register_kind(KIND, "Votre dépliant", **options)


def export(**fields: Any) -> Export:
    """A row that waits, without a known kind unless the test registered one."""
    values = {"kind": KIND, "content_hash": "0", "fingerprint": fields.get("public_id", "f" * 64)}
    return Export.objects.create(**values | fields)
