"""The demonstration's settings, on a database and folders of the browser tests alone."""

import os
from pathlib import Path

from cops.settings.dev import *  # noqa: F403
from cops.settings.dev import DATABASES

DATABASES["default"]["NAME"] = os.environ["E2E_DATABASE"]
STATIC_ROOT = Path(os.environ["E2E_STATIC"])
MEDIA_ROOT = Path(os.environ["E2E_FOLDER"]) / "media"
MAILBOX = Path(os.environ["E2E_FOLDER"]) / "mail"
SITE_ORIGIN = os.environ.get("E2E_ORIGIN", "http://localhost:8000")
