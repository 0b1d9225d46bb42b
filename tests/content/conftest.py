from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from cops.content import sources


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of all the starting content, to spoil at will."""
    for folder in {source.folder for source in sources()}:
        shutil.copytree(Path(settings.ROOT) / folder, tmp_path / folder)
    return tmp_path
