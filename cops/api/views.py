"""The view that every address of the API is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cops.api.quotas import NetworkThrottle
from cops.pagecache import cached_page


class AlwaysJson(BaseContentNegotiation):
    """JSON whatever ``Accept`` says: a browser's first visit gets an answer, not a refusal."""

    def select_parser(self, request: Request, parsers: Sequence[Any]) -> Any:
        return parsers[0]

    def select_renderer(
        self, request: Request, renderers: Sequence[Any], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class PublicView(APIView):
    """Anybody reads, nobody writes. ``known`` are the query names that the view reads.

    An answer is kept in memory like a page (cops.pagecache), with its ETag; one that is not
    kept (an unknown query name, a cache turned off) carries the same ETag.
    """

    known: ClassVar[tuple[str, ...]] = ()
    http_method_names: ClassVar[list[str]] = ["get", "head", "options"]
    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = [AllowAny]
    renderer_classes: ClassVar[list[Any]] = [JSONRenderer]
    throttle_classes: ClassVar[list[Any]] = [NetworkThrottle]
    content_negotiation_class = AlwaysJson

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        view = _marked(super().as_view(**initkwargs), frozenset(cls.known))
        return cached_page(params=cls.known)(view)

    def unknown(self, request: HttpRequest) -> list[str]:
        """The query names that mean nothing here, shortened, to be said: a typing error, often."""
        return [name[:40] for name in request.GET if name not in self.known][:5]


def _marked(
    view: Callable[..., Response], known: frozenset[str]
) -> Callable[..., HttpResponseBase]:
    """Gives a good answer its ETag, and 304 to who has it already."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return response
        body = response.render().content
        # As the page cache writes it.
        response.headers["ETag"] = etag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
        response.headers["Cache-Control"] = "no-cache"
        if getattr(request, "page_key", None) is not None and known.issuperset(request.GET):
            return response  # the page cache keeps it whole, and compares
        return get_conditional_response(request, etag=etag, response=response) or response

    return marked
