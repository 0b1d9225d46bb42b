"""The small files that robots look for at fixed addresses."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

TEXT = "text/plain; charset=utf-8"


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read but searches, which have no end, and the team's pages."""
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('search:results')}",
        "Disallow: /admin/",
        f"Sitemap: {settings.SITE_ORIGIN}{reverse('pages:sitemap_index')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


@login_not_required
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a weakness (RFC 9116); absent while there is no address to write to."""
    email = settings.SITE["email"]
    if not email:
        raise Http404
    day = timezone.localdate() + timedelta(days=180)
    expires = datetime.combine(day, time(), tzinfo=timezone.get_current_timezone())
    lines = [
        f"Contact: mailto:{email}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: fr",
        f"Canonical: {settings.SITE_ORIGIN}{reverse('pages:security')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=TEXT)


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """For the browsers that ask without reading the page."""
    response = HttpResponse(_icon(), content_type="image/x-icon")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@lru_cache(maxsize=1)
def _icon() -> bytes:
    return (settings.ROOT / "static/img/favicon.ico").read_bytes()
