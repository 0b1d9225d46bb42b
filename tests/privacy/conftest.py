from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> None:
    """Files and journal of this test alone."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    settings.ERASURE_JOURNAL = tmp_path / "journal" / "erasures.jsonl"
    settings.RETENTION_STOP_FILE = tmp_path / "stop"
