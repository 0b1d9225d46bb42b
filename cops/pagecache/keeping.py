"""Which pages may be kept: ``key_of`` looks at the request, ``cached_page`` marks the view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from cops.http.methods import require_safe
from cops.pagecache.store import Key
from cops.pagecache.version import Version, read_version, renew_if_due

View = Callable[..., HttpResponseBase]

# A longer query is a search of one person, not a hot page.
QUERY_AT_MOST = 300


@dataclass(frozen=True, slots=True)
class Keep:
    """What the decorator tells the middleware through the response."""

    version: Version
    count: Callable[..., None] | None
    arguments: tuple[tuple[Any, ...], dict[str, Any]]


def key_of(request: HttpRequest) -> Key | None:
    """The key of the page asked for, or None if the request is not a plain anonymous one.

    The cookie header is searched as text: a doubtful one costs a rendering, never
    somebody else's page. The host was checked by Django when the page was made; a
    forged one finds nothing.
    """
    if request.method not in ("GET", "HEAD"):
        return None
    meta = request.META
    cookies = meta.get("HTTP_COOKIE")
    if cookies and (
        settings.SESSION_COOKIE_NAME in cookies or settings.CSRF_COOKIE_NAME in cookies
    ):
        return None
    if "HTTP_HX_REQUEST" in meta or "HTTP_AUTHORIZATION" in meta:
        return None
    query = meta.get("QUERY_STRING", "")
    if query:
        # Letters that are not written as %C3%A9 are not read here as Django reads them.
        if len(query) > QUERY_AT_MOST or not query.isascii():
            return None
        # Sorted by name; the order of the values of one name is kept, it may matter.
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode(sorted(pairs, key=lambda pair: pair[0]))
    return (request.scheme or "", meta.get("HTTP_HOST", ""), request.path, query)


def _version_now() -> Version:
    """The version in force once what was planned for this hour is done."""
    version = read_version()
    return read_version() if renew_if_due(version) else version


def cached_page(
    *, params: tuple[str, ...] = (), count: Callable[..., None] | None = None
) -> Callable[[View], View]:
    """Marks a public view whose page is the same for every anonymous visitor.

    ``params`` are the query names the view reads; a request with another name is
    answered but not kept. ``count(request, *args, **kwargs)``, with the arguments
    of the view, is called for each page read (GET, 200 or 304), kept or not. Such a view only
    reads: another method is a 405.
    """
    known = frozenset(params)

    def decorate(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            # Read before the content: what is published in between makes the page stale.
            version = _version_now() if settings.PAGECACHE_BYTES else None
            if getattr(request, "page_key", None) is None or not known.issuperset(request.GET):
                version = None
            response = view(request, *args, **kwargs)
            if response.status_code == 200:
                if count is not None and request.method == "GET":
                    count(request, *args, **kwargs)
                if version is not None:
                    response.keep = Keep(version, count, (args, kwargs))  # type: ignore[attr-defined]
            return response

        return require_safe(kept)

    return decorate
