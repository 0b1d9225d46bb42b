"""Pages that a secret link opens: nothing may carry the link elsewhere or keep the page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase

View = Callable[..., HttpResponseBase]

_HEADERS = {"X-Robots-Tag": "noindex, noarchive", "Cache-Control": "no-store"}


FORM_HEADERS = {**_HEADERS, "Referrer-Policy": "same-origin"}  # those of ``secret_form``


def secret_page(view: View) -> View:
    """Open to whoever holds the link. The address is the secret: nobody is told of it."""
    return _closed(view, "no-referrer")


def secret_form(view: View) -> View:
    """The same for a page with a form: its referrer is told to us alone.

    Under ``no-referrer`` a browser posts ``Origin: null``, which the CSRF check refuses.
    """
    return _closed(view, "same-origin")


def _closed(view: View, referrer: str) -> View:
    @wraps(view)
    def shown(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(*args, **kwargs)
        for name, value in {**_HEADERS, "Referrer-Policy": referrer}.items():
            response.headers[name] = value
        return response

    return login_not_required(shown)
