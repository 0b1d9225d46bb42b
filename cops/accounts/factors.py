"""The second factor: who holds one, and whether this session was opened with it."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest

# Recovery codes replace a factor for one time, they are none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def holds_second_factor(user: Any) -> bool:
    """True if the person has an application or a passkey registered."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).exists()


def session_has_second_factor(request: HttpRequest) -> bool:
    """True if this person gave a second factor (or a passkey) in this very session."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return any(record.get("method") == "mfa" for record in records)
