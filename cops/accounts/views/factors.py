"""The second factor of the team: why, and which page asks for it."""

from __future__ import annotations

from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from cops.accounts.factors import holds_second_factor
from cops.http.methods import require_safe


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why the team needs a second factor, and the two ways to have one."""
    return render(
        request, "cops/accounts/second_factor.html", {"held": holds_second_factor(request.user)}
    )


@require_safe
def ask_second_factor(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the factor this person holds."""
    held = set(Authenticator.objects.filter(user_id=request.user.pk).values_list("type", flat=True))
    if Authenticator.Type.TOTP in held:
        name = "mfa_reauthenticate"
    elif Authenticator.Type.WEBAUTHN in held:
        name = "mfa_reauthenticate_webauthn"
    else:
        name = "accounts:second_factor"
    return HttpResponseRedirect(passthrough_next_redirect_url(request, reverse(name), "next"))
