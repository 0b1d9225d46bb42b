"""The settings of production's speed, on the embedded servers, with a database of its own."""

import os

from cops.settings.dev import *  # noqa: F403
from cops.settings.dev import DATABASES, STORAGES, VAR

DATABASES["default"]["NAME"] = os.environ.get("BENCH_DATABASE", "cops_bench")
MEDIA_ROOT = VAR / "bench" / "media"
STATIC_ROOT = VAR / "bench" / "static"
STORAGES = {**STORAGES}
ALLOWED_HOSTS = ["*"]
