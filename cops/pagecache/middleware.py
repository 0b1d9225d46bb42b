"""Answers hot anonymous pages from memory; stores those that a view marked."""

from __future__ import annotations

import gzip
import hashlib
import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from cops.pagecache.files import file_answer
from cops.pagecache.keeping import Keep, key_of
from cops.pagecache.store import SECONDS_AT_MOST, Entry, Key, pages
from cops.pagecache.version import read_version
from cops.pagecache.waiting import nothing_new

# What belongs to one answer, or is written anew for each.
_NOT_KEPT = ("content-length", "content-encoding", "x-request-id", "date")
_REFUSES_GZIP = re.compile(r"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)")
_SAME_FOR_ALL = {"cookie", "accept-encoding", "hx-request", "hx-boosted", "hx-target"}


class PageCacheMiddleware:
    """Outside Django's own middleware: a kept page resolves no address and opens no session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (unchanged := nothing_new(request)) is not None:
            return unchanged
        key = key_of(request) if settings.PAGECACHE_BYTES else None
        if key is None:
            return self.get_response(request)
        entry = pages.get(key)
        if entry is not None:
            if entry.is_fresh(read_version(), time.time()):
                answer = _answer_kept(request, key, entry)
                if answer is not None:
                    pages.hits += 1
                    return answer
            pages.forget(key)
        pages.misses += 1
        request.page_key = key  # type: ignore[attr-defined]
        response = self.get_response(request)
        keep = getattr(response, "keep", None)
        if keep is not None and hasattr(response, "kept_file"):
            _keep_file(request, response, key, keep)
        elif keep is not None and isinstance(response, HttpResponse):
            if response.streaming or not _may_be_kept(request, response):
                return response
            return _keep(request, response, key, keep)
        return response


def _answer_kept(request: HttpRequest, key: Key, entry: Entry) -> HttpResponseBase | None:
    """The kept answer; None when it was a file that is gone."""
    known = _is_known_to(request, entry)
    file = file_answer(entry.file) if entry.file and not known else None
    if entry.file and not known and file is None:
        return None
    request.kept_route = entry.route  # type: ignore[attr-defined]
    if entry.count is not None and request.method == "GET":
        args, kwargs = entry.arguments
        entry.count(request, *args, **kwargs)
    if known:
        return _not_modified(entry)
    if file is not None:
        _set_headers(file, entry)
        return file
    packed = _takes_gzip(request)
    if not packed and entry.plain is None:
        entry.unpack()
        pages.put(key, entry, limit=settings.PAGECACHE_BYTES)  # it weighs more now
    response = HttpResponse(entry.packed if packed else entry.plain)
    _set_headers(response, entry)
    _set_body_headers(response, packed=packed)
    return response


def _is_known_to(request: HttpRequest, entry: Entry) -> bool:
    told = request.META.get("HTTP_IF_NONE_MATCH", "")
    # Compared as RFC 9110 says: whether an ETag is weak makes no difference here.
    return entry.etag.removeprefix("W/") in told or told.strip() == "*"


def _not_modified(entry: Entry) -> HttpResponse:
    response = HttpResponse(status=304)
    _set_headers(response, entry)
    del response.headers["Content-Type"]
    return response


def _set_headers(response: HttpResponseBase, entry: Entry) -> None:
    # Straight into the mapping: each name and value was checked when the page was made, and
    # checking a dozen of them again is a third of the time of a kept page.
    response.headers._store = entry.headers.copy()  # type: ignore[attr-defined]


def _set_body_headers(response: HttpResponse, *, packed: bool) -> None:
    store = response.headers._store  # type: ignore[attr-defined]
    store["content-length"] = ("Content-Length", str(len(response.content)))
    if packed:
        store["content-encoding"] = ("Content-Encoding", "gzip")


def _takes_gzip(request: HttpRequest) -> bool:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in accepted and not _REFUSES_GZIP.search(accepted)


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    if response.status_code != 200 or response.cookies:
        return False
    if request.method != "GET" or response.has_header("Content-Encoding"):
        return False
    control = response.headers.get("Cache-Control", "")
    if "no-store" in control or "private" in control:
        return False
    vary = {name.strip().lower() for name in response.headers.get("Vary", "").split(",")}
    return vary - {""} <= _SAME_FOR_ALL


def _keep(request: HttpRequest, response: HttpResponse, key: Key, keep: Keep) -> HttpResponseBase:
    """Stores the page; this answer gets the same validators and compression as the next ones."""
    body = response.content
    response.headers["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    # Browsers may keep it but ask each time: a withdrawn page must go at once.
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Vary"] = _with_encoding(response.headers.get("Vary", ""))
    entry = _entry(request, response, keep)
    # mtime=0: the same page is the same bytes.
    entry.packed = gzip.compress(body, 6, mtime=0)
    entry.plain = None if _takes_gzip(request) else body
    pages.put(key, entry, limit=settings.PAGECACHE_BYTES)
    if _is_known_to(request, entry):
        return _not_modified(entry)
    packed = _takes_gzip(request)
    if packed:
        response.content = entry.packed
    _set_body_headers(response, packed=packed)
    return response


def _keep_file(request: HttpRequest, response: HttpResponseBase, key: Key, keep: Keep) -> None:
    """Stores the headers of a file; its bytes stay on disk."""
    if _may_be_kept(request, response) and response.has_header("ETag"):
        entry = _entry(request, response, keep)
        entry.file = response.kept_file  # type: ignore[attr-defined]
        if length := response.headers.get("Content-Length"):
            entry.headers["content-length"] = ("Content-Length", length)
        pages.put(key, entry, limit=settings.PAGECACHE_BYTES)


def _entry(request: HttpRequest, response: HttpResponseBase, keep: Keep) -> Entry:
    """What is kept of an answer, but its body."""
    now = time.time()
    match = request.resolver_match
    return Entry(
        token=keep.version.token,
        made_at=now,
        ends_at=min(now + SECONDS_AT_MOST, _next_midnight()),
        headers={
            name.lower(): (name, value)
            for name, value in response.headers.items()
            if name.lower() not in _NOT_KEPT
        },
        etag=response.headers["ETag"],
        packed=b"",
        plain=None,
        route=match.route if match else "",
        count=keep.count,
        arguments=keep.arguments,
    )


def _with_encoding(vary: str) -> str:
    return f"{vary}, Accept-Encoding" if vary else "Accept-Encoding"


def _next_midnight() -> float:
    """Pages speak of today (« à revoir », « nouveau »): none is kept from one day to the next."""
    now = timezone.localtime()
    day = (now + timedelta(days=1)).date()
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo).timestamp()
