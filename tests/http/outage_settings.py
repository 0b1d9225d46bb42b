"""The demonstration's settings, static files taken from where they are: nothing to collect."""

from cops.settings.dev import *  # noqa: F403
from cops.settings.dev import VAR

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = VAR / "static"
