"""The test settings for a worker or a timer in a process of its own, on this test's broker."""

import os

from cops.settings.test import *  # noqa: F403

CELERY_BROKER_URL = os.environ["PART_BROKER"]
# Nobody's queue: what the timer sends here is never taken.
CELERY_TASK_DEFAULT_QUEUE = f"probe-{os.getpid()}"
