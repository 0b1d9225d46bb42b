"""Who may enter a view. What one may not see is a 404; what needs more proof asks for it.

    @team_required            the team and the administrators, with their second factor
    @administrator_required   the administrators alone, with their second factor
    @role_required("reader")  those to whom an app's role was given, and the team
    @sudo_required            a proof of identity given in the last five minutes

Anonymous visitors are sent to sign in, then back to the page they asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.internal.flows.reauthentication import (
    did_recently_reauthenticate,
    suspend_request,
)
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from cops.accounts.enums import Role
from cops.accounts.factors import holds_second_factor, session_has_second_factor
from cops.accounts.models import User

View = Callable[..., HttpResponseBase]

TEAM = (Role.TEAM, Role.ADMINISTRATOR)


def team_required(view: View) -> View:
    """The team and the administrators, signed in with a second factor."""
    return _role_required(view, TEAM)


def role_required(*keys: str) -> Callable[[View], View]:
    """People to whom one of these roles of an app was given (``cops.accounts.roles``), and the
    team; the team with its second factor."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = request.user
            if not user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not user.is_staff and any(user.has_role(key) for key in keys):
                return view(request, *args, **kwargs)
            answer = refusal(request)
            return view(request, *args, **kwargs) if answer is None else answer

        return guarded

    return decorate


def administrator_required(view: View) -> View:
    """The administrators, signed in with a second factor."""
    return _role_required(view, (Role.ADMINISTRATOR,))


def sudo_required(view: View, *, keep_post: bool = True) -> View:
    """A proof of identity of the last five minutes, a fresh sign-in included.

    Else the person is asked for one, by e-mailed code or by what they registered, and what
    they had posted goes on by itself afterwards; but for ``keep_post=False``, where it holds
    what must be written nowhere (a password).
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not did_recently_reauthenticate(request):
            if request.method == "POST" and not keep_post:
                return HttpResponseRedirect(request.get_full_path())
            raise ReauthenticationRequired  # answered by allauth's middleware
        return view(request, *args, **kwargs)

    return guarded


def person_of(request: HttpRequest) -> User:
    """The person signed in; for views that nobody else enters."""
    return cast(User, request.user)


def refusal(request: HttpRequest, roles: tuple[str, ...] = TEAM) -> HttpResponseBase | None:
    """What stands between this request and a page of ``roles``; None when nothing does.

    Raises Http404 for a person who has another role.
    """
    user = request.user
    if not user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if user.role not in roles:
        raise Http404
    if not holds_second_factor(user):
        back = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"{reverse('accounts:second_factor')}?{back}")
    if not session_has_second_factor(request):
        return suspend_request(request, reverse("accounts:ask_second_factor"))
    return None


def _role_required(view: View, roles: tuple[str, ...]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = refusal(request, roles)
        return view(request, *args, **kwargs) if answer is None else answer

    return guarded
