"""An address of the portal, looked up without a network: does its page exist, and its anchor?"""

from __future__ import annotations

import logging
import re
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from cops.links.asking import Found
from cops.links.enums import Reason, State

logger = logging.getLogger("cops.links")
_ID = re.compile(r'\bid="([^"]+)"')


def is_inside(url: str) -> bool:
    return url.startswith("/") or f"{url}/".startswith(f"{settings.SITE_ORIGIN}/")


def look_up(url: str) -> Found:
    """What a visitor without account gets there."""
    parts = urlsplit(url)
    path = unquote(parts.path) or "/"
    if path.startswith(settings.STATIC_URL):
        known = finders.find(path.removeprefix(settings.STATIC_URL))
        return Found(State.GOOD) if known else Found(State.FAILING, Reason.HIDDEN)
    try:
        response = _response(path, parts.query)
    except (Http404, Resolver404):
        return Found(State.FAILING, Reason.HIDDEN, 404)
    except Exception:
        # A page that fails is a fault of ours, told elsewhere: the link itself is not wrong.
        logger.exception("a page of the portal could not be looked up")
        return Found(State.UNSURE, Reason.SERVER)
    if response.status_code in (301, 308):
        return Found(State.MOVED, status=response.status_code, target=response["Location"])
    if response.status_code >= 300:
        return Found(State.FAILING, Reason.HIDDEN, response.status_code)
    if parts.fragment and not _holds(response, unquote(parts.fragment)):
        return Found(State.FAILING, Reason.ANCHOR, response.status_code)
    return Found(State.GOOD, status=response.status_code)


def _response(path: str, query: str) -> HttpResponseBase:
    match = resolve(path)
    if getattr(match.func, "login_required", True):
        raise Http404  # not a page of the public
    request = HttpRequest()
    # HEAD: a check is no visit, and is not counted as one (cops.pagecache).
    request.method = "HEAD"
    request.path = request.path_info = path
    request.GET = QueryDict(query)
    request.META = {"HTTP_HOST": urlsplit(settings.SITE_ORIGIN).netloc, "QUERY_STRING": query}
    request.user = AnonymousUser()
    request.resolver_match = match
    response = match.func(request, *match.args, **match.kwargs)
    render = getattr(response, "render", None)
    return render() if render else response


def _holds(response: HttpResponseBase, anchor: str) -> bool:
    if response.streaming or "html" not in response.headers.get("Content-Type", ""):
        return True  # « #page=3 » of a PDF
    return anchor in _ID.findall(response.content.decode())  # type: ignore[attr-defined]
