"""What ``check --deploy`` says of how the portal is kept: refusals, warnings, advice (Info)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.http.request import validate_host

_DEPLOY: Callable[..., Any] = register(Tags.security, deploy=True)


@_DEPLOY
def journal_survives_a_restoring(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    journal, media = Path(settings.ERASURE_JOURNAL), Path(settings.MEDIA_ROOT)
    if journal.is_relative_to(media):
        yield Error(
            "Le journal des effacements serait remplacé par celui d’une vieille sauvegarde.",
            hint="ERASURE_JOURNAL doit être hors de MEDIA_ROOT.",
            id="cops.E020",
        )


@_DEPLOY
def origin_is_served(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    host = urlsplit(settings.SITE_ORIGIN).hostname or ""
    if settings.ALLOWED_HOSTS and not validate_host(host, settings.ALLOWED_HOSTS):
        yield Error(
            "Les liens des courriels mèneraient à un hôte que le site refuse.",
            hint="L’hôte de SITE_ORIGIN doit être dans ALLOWED_HOSTS.",
            id="cops.E021",
        )


@_DEPLOY
def somebody_is_told(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    if not settings.HEARTBEAT_URL:
        yield Info(
            "Personne ne sera prévenu si les courriels ne partent plus.",
            hint="HEARTBEAT_URL : l’adresse d’un service qui s’inquiète du silence.",
            id="cops.I022",
        )


# Law no 2004-575 (« confiance dans l’économie numérique »), article 1-1.
_LEGAL = {
    "director": "la direction de la publication",
    "address": "l’adresse de qui publie",
    "host": "l’hébergeur",
}


@_DEPLOY
def legal_notice_is_whole(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    for name, words in _LEGAL.items():
        if not settings.SITE[name]:
            yield Warning(
                f"Les mentions légales ne disent pas {words}, que la loi demande.",
                hint=f"SITE_{name.upper()}.",
                id="cops.W023",
            )
