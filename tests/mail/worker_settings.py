"""Settings of the real worker that the tests start, beside the run's own."""

import os
from datetime import timedelta

from cops.settings.test import *  # noqa: F403
from cops.settings.test import CELERY_BROKER_TRANSPORT_OPTIONS, DATABASES

DATABASES["default"]["NAME"] = os.environ["PROBE_DATABASE"]
CELERY_BROKER_URL = os.environ["PROBE_BROKER"]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["PROBE_SMTP_PORT"])
DEFAULT_FROM_EMAIL = "COPS <cops@example.org>"
# As in production, but seconds instead of minutes before what was held comes back.
MAIL_LEASE = timedelta(seconds=2)
CELERY_BROKER_TRANSPORT_OPTIONS = CELERY_BROKER_TRANSPORT_OPTIONS | {
    "visibility_timeout": 3,
    "unacked_restore_interval": 1,
}
