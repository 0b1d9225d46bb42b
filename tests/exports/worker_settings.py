"""Settings of the real worker of these tests."""

import os

from tests.background.worker_settings import *  # noqa: F403
from tests.background.worker_settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.exports.probe"]
MEDIA_ROOT = os.environ["PROBE_MEDIA"]
