"""What ``check --deploy`` must refuse beyond Django's own list."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.utils.module_loading import import_string

_DEPLOY: Callable[..., Any] = register(Tags.security, deploy=True)


@_DEPLOY
def broker_is_real(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    url = getattr(settings, "CELERY_BROKER_URL", "") or ""
    if not url.startswith(("redis://", "rediss://", "redis+socket://")):
        yield Error(
            "Les tâches de fond n’ont pas de file d’attente durable.",
            hint="REDIS_URL doit être une adresse redis://, rediss:// ou redis+socket://.",
            id="cops.E001",
        )
    if getattr(settings, "CELERY_TASK_ALWAYS_EAGER", False):
        yield Error("Les tâches de fond s’exécutent pendant la requête.", id="cops.E002")


@_DEPLOY
def mail_leaves(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    if settings.EMAIL_BACKEND.rsplit(".", 2)[-2] in {"console", "dummy", "locmem", "filebased"}:
        yield Error(
            "Les courriels ne partent pas.",
            hint="EMAIL_URL doit désigner un serveur smtp:// ou smtps://, ou un prestataire.",
            id="cops.E003",
        )
    if settings.DEFAULT_FROM_EMAIL == "webmaster@localhost":
        yield Error("L’expéditeur des courriels n’est pas réglé (EMAIL_FROM).", id="cops.E004")
    if settings.ADMINS or settings.MANAGERS:
        yield Error(
            "ADMINS ou MANAGERS enverrait des rapports d’erreur, avec des données, par courriel.",
            id="cops.E005",
        )


@_DEPLOY
def hosts_are_named(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    if not settings.ALLOWED_HOSTS or any(h in {"*", "."} for h in settings.ALLOWED_HOSTS):
        yield Error("ALLOWED_HOSTS doit nommer les hôtes du site, sans « * ».", id="cops.E006")
    origin = urlsplit(settings.SITE_ORIGIN)
    if origin.scheme != "https" or not origin.hostname or origin.path or origin.query:
        yield Error(
            "SITE_ORIGIN doit être une origine en https, sans chemin.",
            hint="Par exemple https://portail.example.org",
            id="cops.E007",
        )


@_DEPLOY
def storage_is_writable(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    backend = settings.STORAGES["default"]["BACKEND"]
    if backend.endswith("InMemoryStorage"):
        yield Error("Les fichiers seraient gardés en mémoire seulement.", id="cops.E008")
    elif backend.endswith("FileSystemStorage"):
        folder = Path(settings.MEDIA_ROOT)
        if not folder.is_absolute() or not folder.is_dir() or not os.access(folder, os.W_OK):
            yield Error(
                f"Le dossier des fichiers n’existe pas ou n’est pas inscriptible : {folder}",
                hint="Réglez MEDIA_ROOT.",
                id="cops.E009",
            )
    static = import_string(settings.STORAGES["staticfiles"]["BACKEND"])
    if not issubclass(static, ManifestFilesMixin):
        yield Warning("Les fichiers statiques n’ont pas d’empreinte.", id="cops.W010")


@_DEPLOY
def no_demonstration(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    if settings.DEMONSTRATION:
        yield Error(
            "Le mode démonstration est actif : ses comptes ont un mot de passe connu de tous.",
            id="cops.E011",
        )
    folder = str(settings.EMBEDDED_FOLDER)
    hosts = [str(entry.get("HOST", "")) for entry in settings.DATABASES.values()]
    hosts.append(getattr(settings, "CELERY_BROKER_URL", "") or "")
    if any(folder in host for host in hosts):
        yield Error(
            "Un serveur embarqué de développement est en service.",
            hint="DATABASE_URL et REDIS_URL doivent désigner de vrais serveurs.",
            id="cops.E012",
        )


@_DEPLOY
def limits_are_set(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    options = str(settings.DATABASES["default"].get("OPTIONS", {}).get("options", ""))
    if "statement_timeout" not in options or "lock_timeout" not in options:
        yield Error("La base n’a pas de limite de temps (statement_timeout).", id="cops.E013")
    if not settings.DATABASES["default"].get("CONN_HEALTH_CHECKS"):
        yield Error(
            "CONN_HEALTH_CHECKS est nécessaire pour survivre à un redémarrage de la base.",
            id="cops.E014",
        )


@_DEPLOY
def policy_is_strict(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    if any("unsafe" in str(source) for sources in directives.values() for source in sources):
        yield Error("La politique de contenu permet « unsafe ».", id="cops.E015")
    cookies = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
    if not all(name.startswith("__Host-") for name in cookies):
        yield Error("Les cookies ne sont pas liés à l’hôte (__Host-).", id="cops.E016")
