"""Settings of the real worker that the tests start, beside the run's own."""

import os
from pathlib import Path

from cops.settings.test import *  # noqa: F403
from cops.settings.test import CELERY_BROKER_TRANSPORT_OPTIONS, DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.background.probe"]
PROBE_FOLDER = Path(os.environ["PROBE_FOLDER"])
DATABASES["default"]["NAME"] = os.environ["PROBE_DATABASE"]
CELERY_BROKER_URL = os.environ["PROBE_BROKER"]
# As in production, but seconds instead of minutes before a lost task comes back.
CELERY_BROKER_TRANSPORT_OPTIONS = CELERY_BROKER_TRANSPORT_OPTIONS | {
    "visibility_timeout": 3,
    "unacked_restore_interval": 1,
}
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 3  # production gives twenty seconds
