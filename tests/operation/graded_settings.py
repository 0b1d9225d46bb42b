"""Production's settings, on the database of the tests: what is graded is what is served."""

import json
import os

from cops.settings.prod import *  # noqa: F403
from cops.settings.prod import DATABASES

DATABASES["default"] |= json.loads(os.environ["GRADED_DATABASE"])
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Written as the process ends, they would stay in the base of the tests that come after.
COUNTERS_IN_BACKGROUND = False
