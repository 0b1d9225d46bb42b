"""Pages that only read: any other method is a 405 that says so, never a talk of forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe as _require_safe

from cops.http import answers


def require_safe(view: Callable[..., Any]) -> Callable[..., Any]:
    """GET and HEAD only. Nothing is done for another method, so no token is asked of it."""
    return csrf_exempt(_require_safe(view))


class MethodMiddleware:
    """Gives words to the empty 405 of Django's decorators; its ``Allow`` stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content:  # type: ignore[attr-defined]
            return response
        worded = answers.bare_page("405.html", status=405)
        worded.headers["Allow"] = response.headers.get("Allow", "GET, HEAD")
        return worded
