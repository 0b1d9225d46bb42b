"""What the end of a session asks of the browser."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def note_sign_out(request: HttpRequest | None = None, **kwargs: Any) -> None:
    """Receiver of ``user_logged_out``: the answer will carry ``Clear-Site-Data``."""
    if request is not None:
        request.signed_out = True  # type: ignore[attr-defined]
