"""Stands for an app whose document takes long, in the real worker of the tests."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.apps import AppConfig

from tests.background.probe.apps import note

if TYPE_CHECKING:
    from cops.exports.kinds import Made, Progress
    from cops.exports.models import Export

SLOW = "probe.slow"


def slow(export: Export, progress: Progress) -> Made:
    """The first run lasts until it is killed, half done; the next ends at once."""
    from django.conf import settings

    from cops.exports.kinds import Made

    progress(1, 2, "halves")
    (export.target.parent / "half").write_bytes(b"half a document")
    note(settings.PROBE_FOLDER, f"begun {export.attempts}")
    if export.attempts == 1:
        time.sleep(60)
    progress(2, 2, "halves")
    export.target.write_bytes(b"%PDF-1.7 whole")
    return Made("entier.pdf")


class ExportProbeConfig(AppConfig):
    name = "tests.exports.probe"
    label = "export_probe"

    def ready(self) -> None:
        from cops.exports.kinds import register_kind

        register_kind(SLOW, "Document lent", make=slow, phases={"halves": "Moitiés"})
