"""Our own middleware, from the outside in.

The order in ``MIDDLEWARE`` matters: the answers given out here (503, 414, 413)
never meet Django's own middleware, so ``SecurityHeadersMiddleware`` stands
outside them and gives every answer the full set of headers.
"""

from __future__ import annotations

import logging
import os
import re
import sys
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from csp.utils import build_policy
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, ResponseHeaders

from cops.http import answers
from cops.http.current import current_request
from cops.http.logs import ACCESS

Next = Callable[[HttpRequest], HttpResponseBase]

access_log = logging.getLogger(ACCESS)
database_log = logging.getLogger("cops.database")

_REQUEST_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class RequestIdMiddleware:
    """Gives each request an id, sends it back, and writes one line when it is answered.

    An id from outside is kept only if it is a UUID: anything else could carry a
    forged log line or a person's data.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        start = time.perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID")
        identifier = given if given and _REQUEST_ID.fullmatch(given) else uuid4().hex
        request.id = identifier  # type: ignore[attr-defined]
        token = current_request.set(request)
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = identifier
            if access_log.isEnabledFor(logging.INFO):
                self._log(request, response, time.perf_counter() - start)
            return response
        finally:
            current_request.reset(token)

    @staticmethod
    def _log(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
        # Logger.info() would walk the stack for the name of this file, on each request.
        facts = {
            "method": request.method,
            "status": response.status_code,
            "duration_ms": round(seconds * 1000, 1),
        }
        access_log.handle(
            access_log.makeRecord(
                ACCESS, logging.INFO, __file__, 0, "answered", (), None, extra=facts
            )
        )


class SecurityHeadersMiddleware:
    """The headers of trust.md E that no package sends, and the whole set on our outer answers."""

    PERMISSIONS = (
        "camera=(), microphone=(), geolocation=(), browsing-topics=(), "
        "publickey-credentials-get=(self), publickey-credentials-create=(self)"
    )

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.always = {
            "Permissions-Policy": self.PERMISSIONS,
            "Cross-Origin-Resource-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
            "Content-Security-Policy": build_policy(),
        }
        # As a response keeps them: checked once here, and not on each of its answers.
        self._ready = ResponseHeaders(self.always)._store  # type: ignore[attr-defined]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        headers = response.headers
        store = headers._store  # type: ignore[attr-defined]
        for name, pair in self._ready.items():
            store.setdefault(name, pair)
        if self._is_personal(request, response):
            # A shared computer in a hospital: nothing of a signed-in page stays in its cache.
            headers["Cache-Control"] = "no-store"
        if getattr(request, "signed_out", False):
            headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    @staticmethod
    def _is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
        name = settings.SESSION_COOKIE_NAME
        if name in response.cookies:
            return True
        if name not in request.META.get("HTTP_COOKIE", ""):
            return False
        return not request.path_info.startswith(settings.STATIC_URL)


class LongQueryMiddleware:
    """Refuses what is too long or too large before anything reads it, with a page in French."""

    QUERY = 8_192  # bytes, as sent
    VALUE = 2_000  # characters, once decoded
    NAMES = 300  # no page reads as many; only a form of the admin sends more

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._refusal(request) or self.get_response(request)

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > self.QUERY or len(request.path_info) > self.QUERY:
            return answers.too_long()
        if query.count("&") >= self.NAMES:
            return answers.too_long()
        if len(query) > self.VALUE and any(
            len(value) > self.VALUE for _, values in request.GET.lists() for value in values
        ):
            return answers.too_long()
        length = request.META.get("CONTENT_LENGTH")
        if length and length.isdigit() and int(length) > self._body_limit(request):
            return answers.too_large()
        return None

    @staticmethod
    def _body_limit(request: HttpRequest) -> int:
        if request.META.get("CONTENT_TYPE", "").startswith("multipart/"):
            return settings.UPLOAD_MAX_BYTES
        return settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def database_is_away(error: BaseException | None) -> bool:
    """True if ``error``, or its cause, is a lost connection or an exceeded time limit."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, (OperationalError, InterfaceError)):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def note_database_error(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Receiver of ``got_request_exception``: marks a request that failed for want of a database.

    Django turns an error raised inside a middleware (session, sign-in) into a 500
    before an outer middleware can catch it; this is how it learns the reason.
    """
    error = sys.exc_info()[1]
    if request is not None and database_is_away(error):
        request.database_error = error  # type: ignore[attr-defined]


class UnavailableMiddleware:
    """A clear page when Postgres is away or during maintenance; nothing to restart afterwards.

    Maintenance is on while the file ``MAINTENANCE_FILE`` exists or ``MAINTENANCE`` is
    true; the health check and the static files stay open.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.file = str(settings.MAINTENANCE_FILE)
        self.open = ("/healthz", settings.STATIC_URL)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if self._maintenance() and not request.path_info.startswith(self.open):
            return answers.unavailable("maintenance.html")
        try:
            response = self.get_response(request)
        except (OperationalError, InterfaceError) as error:
            # Even the error page wanted the database.
            return self._away(error)
        cause = getattr(request, "database_error", None)
        if cause is not None and response.status_code == 500:
            return self._away(cause)
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        return self._away(exception) if database_is_away(exception) else None

    def _maintenance(self) -> bool:
        return settings.MAINTENANCE or os.path.exists(self.file)

    @staticmethod
    def _away(error: BaseException) -> HttpResponse:
        database_log.error("the database did not answer (%s)", type(error).__name__)
        return answers.unavailable()
