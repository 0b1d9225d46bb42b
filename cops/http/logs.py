"""One JSON object per log line: a request id to follow, never a person's data.

Django writes the address in its messages (« Not Found: /recherche/ »): the line
keeps the template of the address instead. What passes is the number of the
person, if the view already knew it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import ItemsView
from datetime import UTC, datetime
from traceback import TracebackException
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

from cops.http.current import current_request, route, user_id
from cops.http.redaction import redact

ACCESS = "cops.request"
FACTS = ("method", "status", "duration_ms", "directive", "blocked")


def _message(record: logging.LogRecord, request: HttpRequest | None) -> str:
    if record.name == ACCESS:
        return record.getMessage()  # a word of ours: no time to lose on each request
    return redact(_without_address(record.getMessage(), request))


def _without_address(message: str, request: HttpRequest | None) -> str:
    if request is None or len(request.path) < 2:
        return message
    return message.replace(request.path, f"[{route(request) or 'chemin'}]")


def _request_of(record: logging.LogRecord) -> HttpRequest | None:
    given = getattr(record, "request", None)
    return given if isinstance(given, HttpRequest) else current_request.get()


def _frames(error: BaseException) -> list[str]:
    """Where it happened and the class of each error of the chain, the first cause first.

    Never its message: « invalid input: "diabète" » is what somebody typed.
    """
    lines: list[str] = []
    step: TracebackException | None = TracebackException.from_exception(error)
    while step is not None:
        name = step.exc_type.__qualname__ if step.exc_type else "?"
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in step.stack]
        lines = [*places, name, *lines]
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)
    return lines


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, and what is known of the request."""

    def format(self, record: logging.LogRecord) -> str:
        request = _request_of(record)
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record, request),
        }
        if request is not None:
            line["request_id"] = getattr(request, "id", None)
            line["route"] = route(request)
            line["user_id"] = user_id(request)
        for name in FACTS:
            if name in record.__dict__:
                line[name] = record.__dict__[name]
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = _frames(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


class PlainFormatter(logging.Formatter):
    """The same care for a developer's terminal: one readable line."""

    def format(self, record: logging.LogRecord) -> str:
        request = _request_of(record)
        line = f"{record.levelname.lower()} {record.name}: {_message(record, request)}"
        for name in FACTS:
            if name in record.__dict__:
                line += f" {name}={record.__dict__[name]}"
        if request is not None:
            line += f" route={route(request)}"
        if record.exc_info:
            line += "\n" + redact(_without_address(self.formatException(record.exc_info), request))
        return line


class SilentReporterFilter(SafeExceptionReporterFilter):
    """Error reports name the variables of a frame and the fields of a form, never their values."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return not settings.DEBUG

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        if request is None:
            return {}
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> ItemsView[str, Any]:
        if not self.is_active(request):
            return tb_frame.f_locals.items()
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()
