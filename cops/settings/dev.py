"""Development and demonstration: on this machine only, with the embedded servers."""

import os

from cops.embedded.urls import broker_url, database
from cops.settings.base import *
from cops.settings.base import DATABASE_OPTIONS, SITE, VAR
from cops.settings.logs import logs

# False shows the real error pages; COPS_DEBUG=1 shows Django's.
DEBUG = os.environ.get("COPS_DEBUG") == "1"
LOGGING = logs("plain", access="INFO")
DEMONSTRATION = True
SITE_ORIGIN = f"http://localhost:{os.environ.get('PORT') or 8000}"
SECRET_KEY = "development-only-never-in-production-0123456789abcdef"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]

DATABASES = {"default": database(VAR, name="cops", options=DATABASE_OPTIONS)}
CELERY_BROKER_URL = broker_url(VAR)
# Ctrl-C should not make one wait: what was begun goes back to the queue after this.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 2

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cops.http.storage.HashedStaticFiles"},
}
# What is sent stays on this machine: see cops.embedded.mailbox, and /courriels/.
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ.get("COPS_MAIL_PORT") or 1025)
DEFAULT_FROM_EMAIL = f"{SITE['name']} <{SITE['email']}>"
