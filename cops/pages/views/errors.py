"""The pages shown when something went wrong: no database, no session, no context processor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from cops.http.answers import bare_page, foreign_form

# How Django's reasons begin when the token was not even looked at.
_FROM_ELSEWHERE = ("Origin checking failed", "Referer checking failed")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return bare_page("400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return bare_page("403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return bare_page("404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return bare_page("500.html", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long; one sent from elsewhere is told so."""
    if reason.startswith(_FROM_ELSEWHERE):
        return foreign_form()
    return bare_page("csrf.html", status=403)
