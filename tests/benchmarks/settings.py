"""The settings of production's speed, on the embedded servers, with a database of its own."""

import os
from datetime import timedelta

from cops.embedded.urls import broker_url
from cops.settings.dev import *  # noqa: F403
from cops.settings.dev import DATABASES, STORAGES, VAR

DATABASES["default"]["NAME"] = os.environ.get("BENCH_DATABASE", "cops_bench")
MEDIA_ROOT = VAR / "bench" / "media"
STATIC_ROOT = VAR / "bench" / "static"
STORAGES = {**STORAGES}
ALLOWED_HOSTS = ["*"]
CELERY_BROKER_URL = broker_url(VAR, number=31)  # nobody else's
EMAIL_PORT = int(os.environ.get("BENCH_SMTP_PORT", 0))
MAIL_LEASE = timedelta(seconds=int(os.environ.get("BENCH_MAIL_LEASE", 120)))
# One network asks for everything here.
API_REQUESTS = 1_000_000_000
