"""The door of the team's rooms, whatever view stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cops.accounts.perms import refusal

GUARDED = ("/pilotage/", "/admin/")


class SecondFactorMiddleware:
    """No page under /pilotage/ or /admin/ without the role and a second factor in the session.

    The views say it too (``team_required``); the admin's cannot, and a forgotten decorator
    must not open a door.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        return refusal(request) if request.path_info.startswith(GUARDED) else None
