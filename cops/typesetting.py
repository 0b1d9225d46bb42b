"""The no-break spaces of French over a whole page of HTML, whoever wrote its words.

A template, the label of a choice, a message of Django's own, a text that somebody typed: all
meet here, once, when the page is made. What a page asks back (the value of a field, a text
area) and what is not French (code, scripts) keep every character.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from cops.formats import COUNTED, NBSP, NNBSP

# One set of rare characters comes first, so that the rest of a page is passed over quickly.
# What follows a sign keeps « :root » and « ?page=2 » whole.
_SPOT = re.compile(
    r"[;:!?%»«0-9°.](?:"
    r'(?<=[ \n][;:!?%])(?=[\s<)»"&,.…]|\Z)'
    r"|(?<=[ \n]»)|(?<=«)[ \n]"
    rf"|(?<=[0-9]){COUNTED}"
    r"|(?:(?<=°)|(?<=\bp\.)|(?<=\bart\.)) (?=[0-9]))"
)
_SIGNS, _NO_BREAK = ";!?:%»", str.maketrans(" \n", NBSP * 2)
_CLOSED = re.compile(r"<(script|style|textarea|pre|code)\b.*?</\1>|<!--.*?-->", re.DOTALL)
# The attributes that are read or heard; any other may go back to the site, or be code.
_HEARD = re.compile(
    r'\s(?:title|alt|aria-label|aria-description|placeholder|content|label)="[^"]*\Z'
)


def typeset_html(html: str) -> str:
    """The same page with its no-break spaces; the very same object when none was missing."""
    spots = list(_SPOT.finditer(html))
    if not spots:
        return html
    places = _Places(html)
    parts: list[str] = []
    done = 0
    for spot in spots:
        if places.is_kept(spot.start()):
            continue
        begin, end, words = _set(html, spot)
        parts += (html[done:begin], words)
        done = end
    return "".join((*parts, html[done:]))


def _set(html: str, spot: re.Match[str]) -> tuple[int, int, str]:
    """Where the plain space (or the end of a line and its margin) stands, and what replaces it."""
    if spot[0] in _SIGNS:
        begin = end = spot.start()
        while html[begin - 1] in " \n":
            begin -= 1
        return begin, end, NNBSP if spot[0] in ";!?" else NBSP
    end = spot.end()
    while html[end : end + 1] in (" ", "\n"):
        end += 1
    return spot.start(), end, spot[0].translate(_NO_BREAK)


class _Places:
    """Where one is in a page, asked from its beginning to its end.

    It goes forward only: looked for anew from each spot, twenty thousand short codes and as
    many colons took twenty seconds.
    """

    def __init__(self, html: str) -> None:
        self._html = html
        self._closed = (found.span() for found in _CLOSED.finditer(html))
        self._next = next(self._closed, None)
        self._seen = 0
        self._opened = self._shut = -1

    def is_kept(self, at: int) -> bool:
        """Whether what stands here is not to be touched."""
        while self._next and self._next[1] <= at:
            self._next = next(self._closed, None)
        self._opened = max(self._opened, self._html.rfind("<", self._seen, at))
        self._shut = max(self._shut, self._html.rfind(">", self._seen, at))
        self._seen = at
        if self._next and self._next[0] <= at:
            return True
        return self._opened > self._shut and not _HEARD.search(self._html, self._opened, at)


class TypesettingMiddleware:
    """Inside all others: what is kept in memory, weighed or compressed is typeset already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and response.headers.get(
            "Content-Type", ""
        ).startswith("text/html"):
            html = response.content.decode()
            typeset = typeset_html(html)
            if typeset is not html:
                response.content = typeset
        return response
