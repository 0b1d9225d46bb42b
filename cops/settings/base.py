"""Settings shared by every way of running the portal.

Each value that differs between development, tests and production lives in the
sibling module; this one reads no variable but the place of the run's files and
the size of the page cache.
"""

import os
from datetime import timedelta
from pathlib import Path

import drf_spectacular_sidecar
from csp.constants import NONE, SELF
from kombu import Queue
from whitenoise.compress import Compressor

from cops.embedded.places import mail_folder
from cops.embedded.urls import socket_folder
from cops.settings.accounts import *
from cops.settings.logs import logs

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("COPS_VAR") or ROOT / "var").absolute()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.admin",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
    "django_htmx",
    "django_prose_editor",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "cops.http",
    "cops.charts",
    "cops.pdf",
    "cops.counters",
    "cops.background",
    "cops.audit",
    "cops.pagecache",
    "cops.content",
    "cops.search",
    "cops.api",
    "cops.todo",
    "cops.privacy",
    "cops.mail",
    "cops.exports",
    "cops.links",
    "cops.accounts",
    "resources",
    "selfassess",
    "cops.pages",
    "cops.operation",
]

# From the outside in. A page kept in memory is answered by the fifth and meets
# nothing below it: what is stored already holds the headers of those it skips.
MIDDLEWARE = [
    "cops.http.middleware.RequestIdMiddleware",
    "cops.http.middleware.SecurityHeadersMiddleware",
    "cops.api.middleware.ApiMiddleware",
    "cops.http.middleware.LongQueryMiddleware",
    "cops.http.middleware.UnavailableMiddleware",
    "cops.pagecache.middleware.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cops.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cops.accounts.my_data.departing.DepartingMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cops.http.odd_values.OddValueMiddleware",
    "cops.http.methods.MethodMiddleware",
    "cops.typesetting.TypesettingMiddleware",
]

ROOT_URLCONF = "cops.urls"
WSGI_APPLICATION = "cops.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cops.http.context.site",
            ],
            "builtins": ["cops.formats"],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["cops.accounts.permissions.RoleBackend"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "cops.accounts.passwords.ContextWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Of what goes with the API's description, its page for people alone (cops.pages.api).
_SIDECAR = Path(drf_spectacular_sidecar.__file__).parent / "static" / "drf_spectacular_sidecar"
STATICFILES_DIRS = [ROOT / "static", ("swagger", _SIDECAR / "swagger-ui-dist")]
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
# Source maps are read by developers only, and take half of the time of collectstatic.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 86400
CSRF_COOKIE_AGE = None  # gone with the browser: a page with a form gives another
# What opens a visitor's binder, without account (resources.views.binder_holding).
BINDER_COOKIE_NAME = "classeur"
BINDER_COOKIE_SECURE = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "cops.pages.views.errors.csrf_failure"

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# How many proxies of ours stand before the site (cops.http.clients).
TRUSTED_PROXY_COUNT = 0
# Hosts that the check of links may ask though their address is private: tests alone name any.
LINKS_PRIVATE_HOSTS: frozenset[str] = frozenset()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "report-uri": "/csp/",
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
# A sheet in the admin sends some ten fields for each of its sections, words and references.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
UPLOAD_MAX_BYTES = 25_000_000  # a request that carries files
EMAIL_TIMEOUT = 10
# How long a worker may hold mails before another takes them; longer than four EMAIL_TIMEOUT.
MAIL_LEASE = timedelta(seconds=120)
MAILBOX = mail_folder(VAR)  # what the demonstration keeps instead of sending

# The queue may die, the site may not: sessions, limits and the cache live in Postgres.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "django_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000, "CULL_FREQUENCY": 10},
    }
}

DATABASE_OPTIONS = {
    "connect_timeout": 5,
    "options": "-c statement_timeout=10000 -c lock_timeout=4000"
    " -c idle_in_transaction_session_timeout=15000",
}

# Hot anonymous pages, in the memory of each process; 0 turns it off.
PAGECACHE_BYTES = int(os.environ.get("COPS_PAGECACHE_BYTES", 64_000_000))

# The open API: reading only, by anybody; so many requests per window and per network.
API_REQUESTS, API_WINDOW_SECONDS = 300, 300
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "cops.api.errors.answer",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Partenariat en santé",
    "DESCRIPTION": "Les ressources, les expériences et le lexique du Centre Opérationnel du"
    " Partenariat en Santé (COPS), en Occitanie, à lire et à réutiliser. Sans clé, en lecture.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "TAGS": [
        {"name": name}
        for name in ("Ressources", "Expériences", "Lexique", "Grilles d’auto-évaluation")
    ],
}

# The site shows its maintenance page while this file exists (or MAINTENANCE is true).
MAINTENANCE = False
MAINTENANCE_FILE = VAR / "maintenance"

# What is kept too long is erased each night, unless this is true or the file exists: a stop
# for the day when a date is wrong. Nothing else stops with it.
RETENTION_STOPPED = False
RETENTION_STOP_FILE = VAR / "retention-stopped"
# Who was erased, as fingerprints: kept apart from the database, read after a restore.
ERASURE_JOURNAL = VAR / "journal" / "erasures.jsonl"

# Where the embedded servers listen: production refuses an address in there.
EMBEDDED_FOLDER = socket_folder(VAR)

LOGGING = logs("json", access="INFO")
DEFAULT_EXCEPTION_REPORTER_FILTER = "cops.http.logs.SilentReporterFilter"

# Read by templates through cops.http.context.site; an empty value hides its line.
SITE = {
    "name": "Partenariat en santé",
    "owner": "Centre Opérationnel du Partenariat en Santé (COPS)",
    "region": "Occitanie",
    "email": "cops@partenariat-en-sante.org",
    "phone": "",
    "hours": "",
    "address": "",
    # Who answers for what is published, and who hosts it: the law wants both named.
    "director": "",
    "host": "",
    # Under what licence the contents may be used again: its name and address, once decided.
    "licence": "",
    "licence_url": "",
}
SITE_ORIGIN = "http://localhost:8000"
DEMONSTRATION = False

# For the operator: each is off while it is empty.
METRICS_TOKEN = ""
HEARTBEAT_URL = ""
SENTRY_DSN = ""
BACKUP_FOLDER = ""
RELEASE = ""

CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
# A worker takes from both, unless it is told one: with « --queues mail », it keeps the codes
# that people wait for apart from the documents that take minutes.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("mail")]
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {"cops.mail.*": {"queue": "mail"}}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker, however long
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_ENABLE_SOFT_SHUTDOWN_ON_IDLE = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}

# Counters are written every half minute and at exit by each process that counts.
COUNTERS_IN_BACKGROUND = True
