"""The logging dict: one handler on the error stream, no mail, no file."""

from __future__ import annotations

from typing import Any


def logs(formatter: str, *, access: str) -> dict[str, Any]:
    """``LOGGING`` with the formatter ``json`` or ``plain``; ``access``: level of request lines."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "cops.http.logs.JsonFormatter"},
            "plain": {"()": "cops.http.logs.PlainFormatter"},
        },
        "handlers": {
            "stream": {"class": "logging.StreamHandler", "formatter": formatter},
        },
        "root": {"handlers": ["stream"], "level": "INFO"},
        "loggers": {
            # Django's own entry mails ADMINS and follows DEBUG: neither is wanted.
            "django": {"handlers": ["stream"], "level": "INFO", "propagate": False},
            # « Not Found » and « Forbidden » are in the request line already.
            "django.request": {"level": "ERROR"},
            # Scanners try names all day long; each gets its 400 and its request line.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django.server": {"handlers": ["stream"], "level": "INFO", "propagate": False},
            "cops.request": {"level": access},
            # It warns of each HEAD request, whose body it rightly leaves out.
            "gunicorn.http.wsgi": {"level": "ERROR"},
            # Its informative lines name each font of each document.
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }
