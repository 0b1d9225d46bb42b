"""Around « /api/ »: open to every site, and never an error as a page of HTML."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from cops.api import errors

PREFIX = "/api/"
_PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}


class ApiMiddleware:
    """Outside all that may answer in Django's stead: 503, 414, 404 of an unknown address…

    Open means: without credentials (no such header is ever sent), reading only.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=_PREFLIGHT)
        response = self.get_response(request)
        if response.status_code >= 400:
            response = _as_json(response)
        kind = response.headers.get("Content-Type", "")
        if response.status_code == 304 or "json" in kind:
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After"
            # The pages are for search engines, and say the same.
            response.headers["X-Robots-Tag"] = "noindex"
        return response


def _as_json(response: HttpResponseBase) -> HttpResponseBase:
    if "json" in response.headers.get("Content-Type", ""):
        return response
    answer = JsonResponse(
        errors.body(response.status_code),
        status=response.status_code,
        json_dumps_params={"ensure_ascii": False},
    )
    for name in ("Retry-After", "Allow", "Cache-Control", "X-Request-ID"):
        if name in response.headers:
            answer.headers[name] = response.headers[name]
    if response.status_code == 405:
        answer.headers["Allow"] = _PREFLIGHT["Allow"]
    return answer
