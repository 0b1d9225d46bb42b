"""« Nothing new », for the screens that ask every other second: before all else, and in one row.

Forty phones in a room ask as often as hundreds of readers. What such a screen shows has a
step, raised by each change; its address with the step it was told of (``If-None-Match``) is
answered 304 outside Django's own middleware, as a kept page is. Anything else goes on to the
view, which answers with the step as its ``ETag`` (``etag_of``)::

    register_waiting(r"/autoevaluation/e/(\\w+)/etat/", step_of, route="…", headers={…})
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

# What the address says of whose screen it is -> its step; None when it opens nothing.
StepOf = Callable[..., int | None]


@dataclass(frozen=True)
class Waiting:
    address: re.Pattern[str]
    step_of: StepOf
    route: str  # for the logs, which never hold the address
    headers: Mapping[str, str]


_waiting: list[Waiting] = []


def register_waiting(
    address: str, step_of: StepOf, *, route: str, headers: Mapping[str, str]
) -> None:
    """``address``: the whole path; its groups are given to ``step_of``."""
    new = Waiting(re.compile(address), step_of, route, headers)
    if new not in _waiting:
        _waiting.append(new)


def etag_of(step: int) -> str:
    return f'"{step}"'


def nothing_new(request: HttpRequest) -> HttpResponse | None:
    """The 304; None when it is no such screen, or when there is something to tell it."""
    told = request.META.get("HTTP_IF_NONE_MATCH")
    if not told or request.method not in ("GET", "HEAD"):
        return None
    for one in _waiting:
        match = one.address.fullmatch(request.path_info)
        if match:
            step = one.step_of(*match.groups())
            if step is None or told != etag_of(step):
                return None
            request.kept_route = one.route  # type: ignore[attr-defined]
            response = HttpResponse(status=304, headers={**one.headers, "ETag": told})
            del response.headers["Content-Type"]
            return response
    return None
