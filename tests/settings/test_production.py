"""The production settings in a process of their own: they are read once, from the environment."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

VARIABLES = {
    "SECRET_KEY": "aZ9-bY8_cX7dW6eV5fU4gT3hS2iR1jQ0kPzOyNxMwLvKuJtIsHrGqFpEoD",
    "ALLOWED_HOSTS": "portail.example.org, www.example.org",
    "SITE_ORIGIN": "https://portail.example.org",
    "DATABASE_URL": "postgresql://cops:s%40cret@db.example.org:5433/cops?sslmode=require",
    "REDIS_URL": "redis://queue.example.org:6379/0",
    "EMAIL_URL": "smtp://moi%40example.org:mot@mail.example.org",
    "EMAIL_FROM": "COPS <cops@example.org>",
}
# What the law wants in the « mentions légales ».
NAMED = {
    "SITE_DIRECTOR": "Camille Exemple",
    "SITE_ADDRESS": "1 rue de l’Exemple, 31000 Exempleville",
    "SITE_HOST": "Hébergeur Exemple, 31000 Exempleville",
}
SHOWN = """
import json, django
from django.conf import settings
print(json.dumps({name: getattr(settings, name, None) for name in %r}, default=str))
"""


@pytest.fixture
def variables(tmp_path):
    media = tmp_path / "media"
    media.mkdir()
    return VARIABLES | {"MEDIA_ROOT": str(media), "COPS_VAR": str(tmp_path)}


def _run(code_or_arguments, variables):
    command = [sys.executable, *code_or_arguments]
    environment = {"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "cops.settings.prod"}
    return subprocess.run(
        command, cwd=ROOT, env=environment | variables, capture_output=True, text=True, timeout=60
    )


def _shown(variables, *names):
    result = _run(["-c", SHOWN % (names,)], variables)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_without_variables_all_are_named_at_once():
    result = _run(["-c", "from django.conf import settings; settings.DEBUG"], {})
    assert result.returncode != 0
    assert result.stderr.strip().splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: Variables manquantes : SECRET_KEY, "
        "ALLOWED_HOSTS, SITE_ORIGIN, DATABASE_URL, REDIS_URL, EMAIL_URL, EMAIL_FROM, MEDIA_ROOT."
    )


@pytest.mark.parametrize("name", [*VARIABLES, "MEDIA_ROOT"])
def test_each_one_is_needed(variables, name):
    result = _run(
        ["-c", "from django.conf import settings; settings.DEBUG"], variables | {name: ""}
    )
    assert f"Variables manquantes : {name}." in result.stderr


def test_the_deploy_check_is_clean(variables):
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    kept = {"HEARTBEAT_URL": "https://battement.example.org/1"}
    result = _run(command, variables | NAMED | kept)
    assert (result.returncode, result.stderr) == (0, "")


def test_advice_is_given_and_refuses_nothing(variables):
    command = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    result = _run(command, variables | NAMED)
    assert result.returncode == 0
    assert re.findall(r"cops\.\w+", result.stderr) == ["cops.I022"]


def test_a_legal_notice_that_names_nobody_is_a_warning_for_each_line(variables):
    result = _run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"], variables)
    assert result.returncode == 1
    assert re.findall(r"SITE_\w+", result.stderr) == ["SITE_DIRECTOR", "SITE_ADDRESS", "SITE_HOST"]


def test_exact_values(variables):
    expected = {
        "DEBUG": False,
        "DEMONSTRATION": False,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 63072000,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
        "SECURE_HSTS_PRELOAD": True,
        "SECURE_PROXY_SSL_HEADER": None,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": "/",
        "SESSION_ENGINE": "django.contrib.sessions.backends.db",
        "SESSION_COOKIE_AGE": 14 * 86400,
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "WHITENOISE_ALLOW_ALL_ORIGINS": False,
        "PASSWORD_RESET_TIMEOUT": 3600,
        "EMAIL_TIMEOUT": 10,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 1048576,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": 2000,
        "ALLOWED_HOSTS": ["portail.example.org", "www.example.org"],
        "ADMINS": [],
        "EMAIL_HOST": "mail.example.org",
        "EMAIL_PORT": 587,
        "EMAIL_HOST_USER": "moi@example.org",
        "EMAIL_USE_TLS": True,
        "EMAIL_USE_SSL": False,
        "DEFAULT_FROM_EMAIL": "COPS <cops@example.org>",
        "USE_X_FORWARDED_HOST": False,
    }
    assert _shown(variables, *expected) == expected


def test_the_database_keeps_its_limits_and_takes_what_the_address_asks(variables):
    [entry] = _shown(variables, "DATABASES").values()
    assert entry["default"] == {
        "ENGINE": "cops.postgres",
        "NAME": "cops",
        "USER": "cops",
        "PASSWORD": "s@cret",
        "HOST": "db.example.org",
        "PORT": "5433",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "options": "-c statement_timeout=10000 -c lock_timeout=4000"
            " -c idle_in_transaction_session_timeout=15000",
            "sslmode": "require",
        },
    }


def test_behind_a_proxy_its_header_is_read_only_if_asked(variables):
    shown = _shown(variables | {"TRUSTED_PROXY": "1"}, "SECURE_PROXY_SSL_HEADER")
    assert shown == {"SECURE_PROXY_SSL_HEADER": ["HTTP_X_FORWARDED_PROTO", "https"]}


def test_the_contact_lines_come_from_variables(variables):
    site = _shown(variables | {"SITE_PHONE": "05 00 00 00 00", "SITE_NAME": "Essai"}, "SITE")[
        "SITE"
    ]
    assert (site["phone"], site["name"], site["region"]) == ("05 00 00 00 00", "Essai", "Occitanie")


def test_a_secret_of_production_is_never_shown_by_a_refusal(variables):
    secret = "http://quelquun:canari@db.example.org"
    result = _run(
        ["-c", "from django.conf import settings; settings.DEBUG"],
        variables | {"DATABASE_URL": secret},
    )
    assert "DATABASE_URL : il faut une adresse" in result.stderr
    assert "canari" not in result.stderr
