"""``/csp/``: browsers say here what the content policy stopped.

Anyone can post anything to this address, so it takes little, counts its lines
and keeps only two words of each report: the directive and the blocked host.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from cops.http import answers

logger = logging.getLogger("cops.csp")

MAX_BYTES = 16_384
LINES_PER_MINUTE = 30

_DIRECTIVE = re.compile(r"[a-z-]{1,40}")


class _Allowance:
    """So many lines a minute in this process; the rest is dropped in silence."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self.minute = 0
        self.used = 0
        self.lock = threading.Lock()

    def take(self) -> bool:
        with self.lock:
            minute = int(time.time() // 60)
            if minute != self.minute:
                self.minute, self.used = minute, 0
            self.used += 1
            return self.used <= self.per_minute


allowance = _Allowance(LINES_PER_MINUTE)


@csrf_exempt
@login_not_required
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Notes one report; answers 204 whatever it holds, 413 when it is too large."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        return answers.too_large()
    for report in _reports(request.body):
        directive = _directive(report)
        if directive and allowance.take():
            logger.warning(
                "content policy",
                extra={"directive": directive, "blocked": _blocked(report)},
            )
    return HttpResponse(status=204)


def _reports(body: bytes) -> list[dict[str, Any]]:
    """The reports in either form: ``report-uri`` (one object) or the Reporting API (a list)."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return []
    if isinstance(data, dict):
        data = [data.get("csp-report")]
    elif isinstance(data, list):
        data = [item.get("body") for item in data[:10] if isinstance(item, dict)]
    else:
        return []
    return [item for item in data if isinstance(item, dict)]


def _directive(report: dict[str, Any]) -> str:
    value = report.get("effective-directive") or report.get("effectiveDirective")
    value = str(value or report.get("violated-directive") or "").split(" ")[0]
    return value if _DIRECTIVE.fullmatch(value) else ""


def _blocked(report: dict[str, Any]) -> str:
    """A host, or a keyword such as ``inline``; never a path."""
    value = str(report.get("blocked-uri") or report.get("blockedURL") or "")[:2_000]
    try:
        host = urlsplit(value).hostname
    except ValueError:
        return ""
    if host:
        return host[:100]
    return value if _DIRECTIVE.fullmatch(value) else ""
