"""The codes of the demonstration's accounts, at once: nobody has their telephone."""

from __future__ import annotations

import time

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from cops.accounts.demonstration import DOMAIN, PASSWORD
from cops.http.methods import require_safe


@login_not_required
@never_cache
@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """A page that exists in the demonstration alone, about its own accounts alone."""
    if not settings.DEMONSTRATION:
        raise Http404
    found = Authenticator.objects.filter(
        type=Authenticator.Type.TOTP, user__email__endswith=f"@{DOMAIN}"
    ).select_related("user")
    period = app_settings.TOTP_PERIOD
    context = {
        "password": PASSWORD,
        "lines": [(line.user, _code_now(line)) for line in found.order_by("user__email")],
        "seconds": period - int(time.time()) % period,
    }
    return render(request, "cops/accounts/demonstration.html", context)


def _code_now(authenticator: Authenticator) -> str:
    secret = decrypt(authenticator.data["secret"])
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))
