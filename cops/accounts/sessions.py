"""How long a session lasts, and what a fresh sign-in counts for."""

from __future__ import annotations

import ipaddress
from typing import Any

from allauth.account.internal.flows import login
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest

from cops.accounts.factors import FACTORS


def settle_length(request: HttpRequest, user: Any) -> None:
    """A day for the team, a fortnight for members; nothing before one is in."""
    if user.is_authenticated:
        staff = getattr(user, "is_staff", False)
        seconds = settings.STAFF_SESSION_AGE if staff else settings.SESSION_COOKIE_AGE
        request.session.set_expiry(seconds)


def note_sign_in(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Receiver of ``user_logged_in``: settles the length, and counts as a proof of identity.

    allauth would ask again at once for what was just given: a fresh sign-in is a proof, be it
    by password, code or passkey, or the code that verified the address at sign-up.
    """
    settle_length(request, user)
    if not login.get_authentication_records(request, user):
        login.record_authentication(request, user, method="code")
    records = login.get_authentication_records(request, user)
    request.session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [
        record | {"reauthenticated": True} for record in records
    ]


def note_factor_added(
    request: HttpRequest, user: Any, authenticator: Authenticator, **kwargs: Any
) -> None:
    """Receiver of ``authenticator_added``: who has just enrolled has just shown the factor."""
    if authenticator.type in FACTORS:
        login.record_authentication(
            request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True
        )


def shorten_address(instance: UserSession, **kwargs: Any) -> None:
    """Receiver of ``pre_save``: the network a session was opened from, not the very machine."""
    bits = 24 if ipaddress.ip_address(instance.ip).version == 4 else 48
    instance.ip = str(ipaddress.ip_network(f"{instance.ip}/{bits}", strict=False).network_address)
