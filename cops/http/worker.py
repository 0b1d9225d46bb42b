"""The worker of gunicorn: what it refuses before Django sees it is told in French, of nobody.

gunicorn's own answer to a request that it cannot read is a page in English, and its
own log line holds the visitor's address and what was typed (« GET /recherche/?q=… »).

Chosen by ``--worker-class cops.http.worker.Worker``. The arbiter imports this module
before the settings are read: what needs them is imported when it is used.
"""

from __future__ import annotations

import contextlib
import logging
from http import HTTPStatus
from typing import Any

from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

log = logging.getLogger("cops.http")

# Other errors of a request that cannot be read are 400.
_STATUS: dict[type[Exception], HTTPStatus] = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ForbiddenProxyRequest: HTTPStatus.FORBIDDEN,
}
_OURS = (
    errors.ConfigurationProblem,
    errors.InvalidResponseHeader,
    errors.InvalidResponseHeaderName,
)


class Worker(ThreadWorker):  # type: ignore[misc]
    """gunicorn's worker with threads, with the words and the logs of the portal."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer a request that failed outside Django, and log its kind alone."""
        theirs = isinstance(exc, (errors.ParseException, OSError)) and not isinstance(exc, _OURS)
        if theirs:
            status = _STATUS.get(type(exc), HTTPStatus.BAD_REQUEST)  # type: ignore[arg-type]
            log.warning("unreadable request (%s)", type(exc).__name__, extra={"status": status})
        else:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            log.error("request failed outside the site", exc_info=exc)
        with contextlib.suppress(OSError):
            write_nonblock(client, _answer(status))


def _answer(status: HTTPStatus) -> bytes:
    """The whole answer, with the headers that every page of the portal has."""
    from cops.http.answers import bare_page
    from cops.http.middleware import SecurityHeadersMiddleware

    page = bare_page("500.html" if status == 500 else "400.html", status=status)
    headers = {
        **SecurityHeadersMiddleware(lambda request: page).always,
        "Content-Type": page["Content-Type"],
        "Content-Length": str(len(page.content)),
        "Cache-Control": "no-store",
        "Connection": "close",
    }
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + page.content
