"""Production's variables: all read, and all faults told at once, in French."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")


class Variables:
    """Reads the environment and collects what is missing or wrong until ``check()``."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self.environment = os.environ if environment is None else environment
        self.names: list[str] = []  # all that were asked for, for the test of .env.example
        self.missing: list[str] = []
        self.wrong: list[str] = []

    def required(self, name: str, read: Callable[[str], T], *, instead: T) -> T:
        """``read(value)``; ``instead`` when it is missing or wrong, until ``check()`` raises."""
        value = self._value(name)
        if not value:
            self.missing.append(name)
            return instead
        try:
            return read(value)
        except ValueError as error:
            self.wrong.append(f"{name} : {error}")
            return instead

    def optional(self, name: str, default: str = "") -> str:
        return self._value(name) or default

    def read_if_given(self, name: str, read: Callable[[str], T], *, instead: T) -> T:
        """Like ``required``, but it may be absent."""
        return self.required(name, read, instead=instead) if self.optional(name) else instead

    def _value(self, name: str) -> str:
        if name not in self.names:
            self.names.append(name)
        return self.environment.get(name, "").strip()

    def check(self) -> None:
        """Raises ImproperlyConfigured naming every missing and every wrong variable."""
        lines = []
        if self.missing:
            lines.append("Variables manquantes : " + ", ".join(self.missing) + ".")
        lines += [f"Variable incorrecte — {fault}" for fault in self.wrong]
        if lines:
            raise ImproperlyConfigured("\n".join(lines))


def secret_key(value: str) -> str:
    """At least fifty characters, not a repetition, not one of ours."""
    if len(value) < 50 or len(set(value)) < 10:
        raise ValueError("il faut au moins 50 caractères, tirés au hasard.")
    if value.startswith(("django-insecure-", "development-only", "tests-only", "bench-only")):
        raise ValueError("c’est une clé de développement.")
    return value


def keys(value: str) -> list[str]:
    """Keys separated by commas, each as strong as a secret key."""
    found = [key.strip() for key in value.split(",") if key.strip()]
    for key in found:
        secret_key(key)
    return found


def hosts(value: str) -> list[str]:
    """Names separated by commas."""
    names = [name.strip() for name in value.split(",") if name.strip()]
    if not names or any(name in {"*", "."} for name in names):
        raise ValueError("il faut nommer les hôtes, séparés par des virgules, sans « * ».")
    return names


def origin(value: str) -> str:
    """``https://host`` without a path."""
    parts = urlsplit(value.rstrip("/"))
    if parts.scheme != "https" or not parts.hostname or parts.path or parts.query:
        raise ValueError("il faut une origine en https, par exemple https://portail.example.org.")
    return value.rstrip("/")


def database(value: str, *, embedded: Path) -> dict[str, Any]:
    """An entry of DATABASES from ``postgresql://user:secret@host:port/name?sslmode=…``."""
    parts = urlsplit(value)
    name, host = unquote(parts.path.lstrip("/")), unquote(parts.hostname or "")
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ValueError("il faut une adresse postgresql://utilisateur:secret@hôte:port/base.")
    # A host in the authority is lowered by urlsplit, which would spoil the path of a socket.
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", host)
    _refuse_embedded(host, embedded)
    return {
        "ENGINE": "cops.postgres",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def broker(value: str, *, embedded: Path) -> str:
    if not value.startswith(("redis://", "rediss://", "redis+socket://")):
        raise ValueError("il faut une adresse redis://, rediss:// ou redis+socket://.")
    _refuse_embedded(value, embedded)
    return value


def _refuse_embedded(address: str, folder: Path) -> None:
    if str(folder).lower() in address.lower():
        raise ValueError("c’est un serveur embarqué, fait pour le développement seulement.")


def mail(value: str) -> dict[str, Any]:
    """Django's EMAIL_* from ``smtp://user:secret@host:587`` (STARTTLS) or ``smtps://…:465``.

    ``smtp://host?tls=non`` is for a relay on the same machine. Or a provider reached over HTTPS:
    ``brevo://key@api``, ``mailjet://key:secret@api``, ``scaleway://project:secret@fr-par``.
    """
    parts = urlsplit(value)
    if parts.scheme in _PROVIDERS:
        return _provider(parts)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError("il faut une adresse smtp:// ou smtps://, avec un hôte.")
    implicit = parts.scheme == "smtps"
    plain = _is_no(dict(parse_qsl(parts.query)).get("tls", ""))
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": not implicit and not plain,
    }


# Their settings in django-anymail: what stands before the « @ », then where the host is read.
_PROVIDERS = {
    "brevo": (["BREVO_API_KEY"], ""),
    "mailjet": (["MAILJET_API_KEY", "MAILJET_SECRET_KEY"], ""),
    "scaleway": (["SCALEWAY_PROJECT_ID", "SCALEWAY_SECRET_KEY"], "SCALEWAY_REGION"),
}


def _provider(parts: SplitResult) -> dict[str, Any]:
    """A backend of django-anymail, with nothing that follows who opens or clicks."""
    names, host = _PROVIDERS[parts.scheme]
    given = [unquote(text) for text in (parts.username, parts.password) if text]
    if len(given) != len(names) or not parts.hostname:
        form = ":".join(["clé", "secret"][: len(names)])
        raise ValueError(f"il faut une adresse {parts.scheme}://{form}@hôte.")
    options: dict[str, Any] = dict(zip(names, given, strict=True))
    if host:
        options[host] = parts.hostname
    if parts.scheme == "mailjet":  # the others follow nobody unless their own pages say so
        options["MAILJET_SEND_DEFAULTS"] = {"track_opens": False, "track_clicks": False}
    return {
        "EMAIL_BACKEND": f"anymail.backends.{parts.scheme}.EmailBackend",
        "ANYMAIL": options | {"REQUESTS_TIMEOUT": (5, 20)},
    }


def sender(value: str) -> str:
    if "@" not in value:
        raise ValueError("il faut une adresse, par exemple COPS <cops@example.org>.")
    return value


def storage(value: str) -> dict[str, str]:
    """Options of S3Storage from ``s3://key:secret@host/bucket/prefix?region=fr-par``.

    ``&tls=non`` is for a service on the same private network.
    """
    parts = urlsplit(value)
    options = dict(parse_qsl(parts.query))
    bucket, _, prefix = unquote(parts.path.strip("/")).partition("/")
    if parts.scheme != "s3" or not parts.hostname or not bucket:
        raise ValueError("il faut une adresse s3://clé:secret@hôte/seau?region=….")
    if not parts.username or not parts.password:
        raise ValueError("il faut une clé et un secret, s3://clé:secret@hôte/seau.")
    scheme = "http" if _is_no(options.get("tls", "")) else "https"
    port = f":{parts.port}" if parts.port else ""
    return {
        "endpoint": f"{scheme}://{parts.hostname}{port}",
        "region": options.get("region") or "us-east-1",  # what a service without regions expects
        "bucket": bucket,
        "prefix": prefix,
        "key": unquote(parts.username),
        "secret": unquote(parts.password),
    }


def _is_no(value: str) -> bool:
    return value.lower() in {"non", "no", "false", "0"}


def token(value: str) -> str:
    """A secret of the operator's, long enough not to be guessed."""
    if len(value) < 32 or len(set(value)) < 10:
        raise ValueError("il faut au moins 32 caractères, tirés au hasard.")
    return value


def web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise ValueError("il faut une adresse https://.")
    return value


def sentry_dsn(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"https", "http"} or not parts.username or not parts.path.strip("/"):
        raise ValueError("il faut une adresse https://clé@hôte/projet.")
    return value


def folder(value: str) -> Path:
    path = Path(value)
    if not path.is_absolute():
        raise ValueError("il faut un chemin absolu.")
    return path
