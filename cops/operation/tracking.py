"""Errors sent to a Sentry-like service (``SENTRY_DSN``): where and what kind, never whose.

Only our log lines of level ERROR leave, through one function that builds each event
anew from what may leave. No integration with Django or Celery is loaded: what they
would add (addresses, headers, bodies, cookies, variables, arguments) is what must not go.
"""

from __future__ import annotations

import logging
from typing import Any

import sentry_sdk
from django.conf import settings
from sentry_sdk.integrations import Integration
from sentry_sdk.integrations.atexit import AtexitIntegration
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

from cops.http.current import current_request, route
from cops.http.redaction import redact

_KEPT = ("event_id", "timestamp", "level", "logger", "platform", "release", "environment", "sdk")
_FRAME = ("filename", "function", "module", "lineno", "in_app", "context_line",
          "pre_context", "post_context")  # fmt: skip


def start() -> None:
    """Begins when a DSN is set, in every process that loads the portal."""
    if not settings.SENTRY_DSN:
        return
    integrations: list[Integration] = [
        LoggingIntegration(level=None, event_level=logging.ERROR, sentry_logs_level=None),
        DedupeIntegration(),
        AtexitIntegration(callback=lambda pending, timeout: None),
    ]
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        release=settings.RELEASE or None,
        environment="production",
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=integrations,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        server_name="portail",
        before_send=scrubbed,
    )


def scrubbed(event: Any, hint: dict[str, Any]) -> Any:
    """The event with what may leave, and nothing else."""
    kept = {name: event[name] for name in _KEPT if name in event}
    request = current_request.get()
    if request is not None:
        kept["transaction"] = route(request) or "?"
        kept["tags"] = {"method": request.method, "request_id": getattr(request, "id", "")}
    # The words of the line as the code has them, without what was put into them.
    message = (event.get("logentry") or {}).get("message") or ""
    if request is not None and len(request.path) > 1:
        message = message.replace(request.path, "[chemin]")
    if message:
        kept["logentry"] = {"message": redact(message)}
    values = (event.get("exception") or {}).get("values") or []
    if values:
        kept["exception"] = {"values": [_exception(value) for value in values]}
    return kept


def _exception(value: dict[str, Any]) -> dict[str, Any]:
    # Never the message: « invalid input: "diabète" » is what somebody typed.
    frames = (value.get("stacktrace") or {}).get("frames") or []
    return {
        "type": value.get("type"),
        "module": value.get("module"),
        "mechanism": {"type": "generic", "handled": True},
        "stacktrace": {
            "frames": [{key: frame[key] for key in _FRAME if key in frame} for frame in frames]
        },
    }
