"""Tests: the embedded servers (or DATABASE_URL, REDIS_URL), nothing kept, nothing silent.

What must differ between two runs or two workers (database, broker number, media) is
given by tests/conftest.py.
"""

from cops.embedded.urls import broker_url, database
from cops.settings.base import *
from cops.settings.base import DATABASE_OPTIONS, VAR

DEBUG = False
DEMONSTRATION = True
SECRET_KEY = "tests-only-never-in-production-0123456789abcdef0123"  # noqa: S105
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]

DATABASES = {"default": database(VAR, name="cops", options=DATABASE_OPTIONS)}
CELERY_BROKER_URL = broker_url(VAR)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# One round instead of thousands: the tests check who may enter, not how slow a guess is.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A test writes its counters itself: at exit, they would land in the base of « make run ».
COUNTERS_IN_BACKGROUND = False
