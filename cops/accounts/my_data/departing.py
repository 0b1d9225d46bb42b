"""During the seven days, a sign-in leads to one page: stay, or leave as planned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from cops.accounts.my_data.dormant import note_return
from cops.privacy.models import Departure

DEPARTING = "departing"
# Staying, signing out, and what a page needs.
OPEN = ("my_data:leaving", "my_data:stay", "my_data:goodbye", "account_logout", "pages:privacy")


def note_departing(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Receiver of ``user_logged_in``: asked once a session, not on every page.

    Every session was closed when the person asked to leave: each one begins here.
    """
    note_return(user)
    if Departure.objects.filter(user=user).exists():
        request.session[DEPARTING] = True


class DepartingMiddleware:
    """Who is leaving sees nothing of the portal that is theirs, but the way to stay."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if _is_departing(request) and not _is_open(request.path):
            return redirect("my_data:leaving")
        return self.get_response(request)


def _is_departing(request: HttpRequest) -> bool:
    # Without the cookie, the session is not even looked at: the page may be kept in memory.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return bool(request.session.get(DEPARTING))


def _is_open(path: str) -> bool:
    return path.startswith(settings.STATIC_URL) or path in {reverse(name) for name in OPEN}
