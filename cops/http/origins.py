"""Forms on pages kept in memory hold no token: what sent them is read from their headers.

A page's own script cannot set ``Sec-Fetch-Site`` nor ``Origin``: a browser says there which
site a form was sent from. Whoever has no browser has no visitor's cookie to misuse either.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cops.http import answers

logger = logging.getLogger("cops.http")

View = Callable[..., HttpResponseBase]

# « none » is a person's own act (a page sent again from the address bar), which no site can fake.
_OUR_OWN = {"same-origin", "none"}


def is_from_here(request: HttpRequest) -> bool:
    """True if a page of this portal sent the request.

    ``Sec-Fetch-Site`` decides; a browser that does not know it (Safari 15) sends ``Origin``,
    an older one ``Referer``. With none of the three, the answer is no.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in _OUR_OWN
    origin = request.headers.get("Origin")
    if origin is None:
        origin = _origin_of(request.headers.get("Referer", ""))
    return origin in (f"{request.scheme}://{request.get_host()}", settings.SITE_ORIGIN)


def same_origin_post(view: View) -> View:
    """Marks the view of a form without token: POST only, sent by a page of ours, else 403.

    The view also limits how often (cops.http.limits): nothing else holds a flood back.
    """

    @csrf_exempt
    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_from_here(request):
            logger.warning("a form from elsewhere was refused")
            return answers.foreign_form()
        return view(request, *args, **kwargs)

    return checked


def _origin_of(address: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme and parts.netloc else None
