"""The way to an identity provider, and back."""

from __future__ import annotations

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from requests import RequestException

from cops.accounts.provider import IdentityAdapter


@login_not_required
def leave(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Tells where one goes; the button leads there."""
    return _view(OAuth2LoginView, request, provider_id)


@login_not_required
def come_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """The provider sent the person back, with a code."""
    return _view(OAuth2CallbackView, request, provider_id)


def _view(view: type, request: HttpRequest, provider_id: str) -> HttpResponseBase:
    try:
        return view.adapter_view(IdentityAdapter(request, provider_id))(request)  # type: ignore[attr-defined]
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except (RequestException, ValueError, KeyError):
        # It is away, or says nothing readable about itself.
        return render(request, "socialaccount/authentication_error.html", status=503)
