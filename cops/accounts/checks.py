"""What ``check --deploy`` refuses of the accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from cops.accounts.demonstration import DOMAIN

_DEPLOY: Callable[..., Any] = register(Tags.security, deploy=True)


@_DEPLOY
def no_account_of_the_demonstration(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    """Their password is known: a database copied from the demonstration would bring them along."""
    from cops.accounts.models import User

    if settings.DEMONSTRATION:
        return  # refused by cops.E011 already
    try:
        count = User.objects.filter(email__endswith=DOMAIN).count()
    except DatabaseError:
        return  # no database yet, or no table: nobody is in it
    if count:
        yield Error(
            f"La base contient des comptes de démonstration ({count}).",
            hint=f"Effacez les comptes dont l’adresse finit par {DOMAIN}.",
            id="cops.E030",
        )


@_DEPLOY
def second_factors_are_asked(app_configs: Any, **kwargs: Any) -> Iterator[CheckMessage]:
    if "cops.accounts.middleware.SecondFactorMiddleware" not in settings.MIDDLEWARE:
        yield Error("Les pages de l’équipe ne demandent pas de seconde preuve.", id="cops.E031")
    if settings.MFA_TOTP_TOLERANCE:
        yield Error("Un code de l’application vaut plus de 30 secondes.", id="cops.E032")
