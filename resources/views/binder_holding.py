"""Whose binder a request is about: an account's, or that of the cookie, and how the cookie is set.

The cookie comes with the first sheet added, never before; it is no session, so the pages kept
in memory stay so for who has one (cops.pagecache).
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cops.secrets import LENGTH
from resources.models import Binder
from resources.models.binders import DAYS_WITHOUT_ACCOUNT
from resources.services.binder_holders import (
    binder_adopt,
    binder_start,
    binder_start_owned,
)


def secret_of(request: HttpRequest) -> str:
    """What the cookie holds, whatever it is; empty when it cannot be one of ours."""
    secret = request.COOKIES.get(settings.BINDER_COOKIE_NAME, "")
    return secret if len(secret) == LENGTH else ""


def binders_of(request: HttpRequest) -> Any:
    """The binders of this visitor, the one in use first."""
    return Binder.objects.held_by(request.user, secret_of(request))


def binder_of(request: HttpRequest) -> Binder | None:
    """The binder that a form names, else the one in use; None when the visitor has none such."""
    mine = binders_of(request)
    if named := request.POST.get("classeur", ""):
        mine = mine.filter(public_id=named)
    return mine.first()


def binder_to_fill(request: HttpRequest) -> tuple[Binder, str]:
    """The binder that receives what is added, and the secret to keep for the visitor, if any."""
    found = binders_of(request).first()
    if request.user.is_authenticated:
        return found or binder_start_owned(owner=request.user), ""
    return (found, secret_of(request)) if found else binder_start()


def keep_cookie(response: HttpResponseBase, secret: str) -> None:
    """Let the visitor hold the binder; each change gives the cookie its whole time again."""
    if secret:
        response.set_cookie(
            settings.BINDER_COOKIE_NAME,
            secret,
            max_age=DAYS_WITHOUT_ACCOUNT * 86_400,
            secure=settings.BINDER_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def forget_cookie(response: HttpResponseBase) -> None:
    """Take the cookie back: the binder that it opened is no more."""
    response.set_cookie(
        settings.BINDER_COOKIE_NAME,
        max_age=0,
        secure=settings.BINDER_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def take_along(request: HttpRequest | None, user: Any, **signal: Any) -> None:
    """Receiver of ``user_logged_in``: what was kept without account follows its holder.

    The cookie then opens nothing any more: on a shared computer, the binder leaves with the
    account.
    """
    if request is not None and (secret := secret_of(request)):
        binder_adopt(owner=user, secret=secret)
