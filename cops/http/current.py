"""The request being answered on this thread, for the logs."""

from __future__ import annotations

from contextvars import ContextVar

from django.http import HttpRequest

current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)


def route(request: HttpRequest) -> str:
    """The template of the address (``ressources/<slug:slug>/``), never the address itself.

    An address can name an illness or hold a secret; its template cannot. A page
    served from memory was never resolved: the page cache left its route behind.
    """
    if match := request.resolver_match:
        return match.route
    return getattr(request, "kept_route", "")


def user_id(request: HttpRequest) -> int | None:
    """The person's number if the view already knows it: a log never asks the database."""
    return getattr(getattr(request, "_cached_user", None), "pk", None)
