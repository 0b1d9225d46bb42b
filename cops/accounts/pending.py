"""What was begun with an account that was deleted, or closed, meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from allauth.account.internal.flows import email_verification_by_code, password_reset_by_code
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.account.utils import url_str_to_user_pk
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from cops.accounts.models import User

View = Callable[..., HttpResponseBase]

_CODES = (
    email_verification_by_code.EMAIL_VERIFICATION_CODE_SESSION_KEY,
    password_reset_by_code.PASSWORD_RESET_VERIFICATION_SESSION_KEY,
)


def still_there(view: View) -> View:
    """Sends back to the door who goes on with an account that is no more; allauth would fail."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        begun = set(_begun(request))
        if begun and User.objects.filter(pk__in=begun, is_active=True).count() < len(begun):
            for key in _CODES:
                request.session.pop(key, None)
            clear_login(request)
            messages.error(request, "Cette demande n’est plus valable. Recommencez ici.")
            return redirect("account_login")
        return view(request, *args, **kwargs)

    return guarded


def _begun(request: HttpRequest) -> Iterator[int]:
    login = request.session.get(LOGIN_SESSION_KEY)
    if isinstance(login, dict) and login.get("user_pk"):
        yield int(url_str_to_user_pk(login["user_pk"]))
    for key in _CODES:
        if number := (request.session.get(key) or {}).get("user_id"):
            yield int(number)
