"""Our own pages of the account; the others are allauth's, in our templates."""

from __future__ import annotations

from allauth.account.utils import passthrough_next_redirect_url
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cops.accounts.factors import holds_second_factor


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """« Mon compte »: what one can do here."""
    return render(request, "cops/accounts/home.html")


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why the team needs a second factor, and the two ways to have one."""
    return render(request, "cops/accounts/second_factor.html")


@require_safe
def ask_second_factor(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the factor this person holds."""
    if not holds_second_factor(request.user):
        name = "accounts:second_factor"
    elif Authenticator.objects.filter(
        user_id=request.user.pk, type=Authenticator.Type.TOTP
    ).exists():
        name = "mfa_reauthenticate"
    else:
        name = "mfa_reauthenticate_webauthn"
    return HttpResponseRedirect(passthrough_next_redirect_url(request, reverse(name), "next"))
