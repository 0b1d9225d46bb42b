"""Production: every variable is read here, and nothing starts while one is missing or wrong."""

from functools import partial
from pathlib import Path
from typing import Any

from cops.settings import identity, variables
from cops.settings.base import *
from cops.settings.base import (
    CONTENT_SECURITY_POLICY,
    DATABASE_OPTIONS,
    EMBEDDED_FOLDER,
    ERASURE_JOURNAL,
    SITE,
    VAR,
)

env = variables.Variables()

DEBUG = False
DEMONSTRATION = False

SECRET_KEY = env.required("SECRET_KEY", variables.secret_key, instead="")
ALLOWED_HOSTS: list[str] = env.required("ALLOWED_HOSTS", variables.hosts, instead=[])
SITE_ORIGIN = env.required("SITE_ORIGIN", variables.origin, instead="")

_database: dict[str, Any] = env.required(
    "DATABASE_URL", partial(variables.database, embedded=EMBEDDED_FOLDER), instead={}
)
if _database:
    _database["OPTIONS"] = DATABASE_OPTIONS | _database["OPTIONS"]
DATABASES = {"default": _database}
CELERY_BROKER_URL = env.required(
    "REDIS_URL", partial(variables.broker, embedded=EMBEDDED_FOLDER), instead=""
)

_mail: dict[str, Any] = env.required("EMAIL_URL", variables.mail, instead={})
EMAIL_BACKEND = _mail.get("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
ANYMAIL = _mail.get("ANYMAIL", {})
EMAIL_HOST = _mail.get("EMAIL_HOST", "")
EMAIL_PORT = _mail.get("EMAIL_PORT", 587)
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", True)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.required("EMAIL_FROM", variables.sender, instead="")

MEDIA_ROOT = env.required("MEDIA_ROOT", variables.folder, instead=VAR / "media")
_bucket: dict[str, str] = env.read_if_given("STORAGE_URL", variables.storage, instead={})
STORAGES = {
    "default": {"BACKEND": "cops.storage.s3.S3Storage", "OPTIONS": _bucket}
    if _bucket
    else {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cops.http.storage.HashedStaticFiles"},
}

# What visitors read about who runs the site; an empty value hides its line.
SITE = SITE | {
    name: env.optional(f"SITE_{name.upper()}", str(value)) for name, value in SITE.items()
}

SECURE_SSL_REDIRECT = True
# A probe inside the cluster speaks plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Only behind a proxy that overwrites this header: else a visitor could forge it.
if env.optional("TRUSTED_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    TRUSTED_PROXY_COUNT = ALLAUTH_TRUSTED_PROXY_COUNT = 1

SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
BINDER_COOKIE_NAME = "__Host-classeur"
BINDER_COOKIE_SECURE = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# Ways to sign in with an identity from elsewhere; none without its variable.
_identities = [
    found
    for name, known in (
        ("PROCONNECT_URL", identity.PROCONNECT),
        ("PRO_SANTE_CONNECT_URL", identity.PRO_SANTE_CONNECT),
    )
    if (found := env.read_if_given(name, partial(identity.identity, known=known), instead=None))
]
SOCIALACCOUNT_PROVIDERS = identity.providers(_identities)
CONTENT_SECURITY_POLICY = identity.with_origins(CONTENT_SECURITY_POLICY, _identities)

# Keys of the seeds of second factors, the newest first, separated by commas.
ENCRYPTION_KEYS = env.read_if_given("ENCRYPTION_KEYS", variables.keys, instead=[])
# Former keys, most recent first: what they signed or encrypted is still read.
_former: list[str] = env.read_if_given("SECRET_KEY_FALLBACKS", variables.keys, instead=[])
SECRET_KEY_FALLBACKS = _former

MAINTENANCE = env.optional("MAINTENANCE") == "1"
MAINTENANCE_FILE = Path(env.optional("MAINTENANCE_FILE", str(VAR / "maintenance")))
RETENTION_STOPPED = env.optional("RETENTION_STOPPED") == "1"
ERASURE_JOURNAL = Path(env.optional("ERASURE_JOURNAL", str(ERASURE_JOURNAL)))

METRICS_TOKEN = env.read_if_given("METRICS_TOKEN", variables.token, instead="")
HEARTBEAT_URL = env.read_if_given("HEARTBEAT_URL", variables.web_address, instead="")
SENTRY_DSN = env.read_if_given("SENTRY_DSN", variables.sentry_dsn, instead="")
BACKUP_FOLDER = env.optional("BACKUP_FOLDER")
RELEASE = env.optional("RELEASE")

env.check()
