"""The operator's probes and figures, and what the team sees of them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache

from cops.accounts.perms import team_required
from cops.http.clients import from_this_machine
from cops.http.methods import require_safe
from cops.operation import alarms, metrics, readiness


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; no database is asked."""
    return _plain("ok\n")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, its tables are those of the code and there is room on disk.

    For a probe of this machine, and from elsewhere for who holds ``METRICS_TOKEN``. The words
    say which part is at fault and nothing of the machine.
    """
    if not from_this_machine(request):
        _for_the_operator(request)
    parts = readiness.parts()
    body = {name: "ok" if good else "fault" for name, good in parts.items()}
    response = JsonResponse(body, status=200 if all(parts.values()) else 503)
    response["Cache-Control"] = "no-store"
    return response


@never_cache
@login_not_required
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, to who holds ``METRICS_TOKEN``; for anybody else there is no page."""
    _for_the_operator(request)
    return HttpResponse(metrics.text(), content_type=metrics.CONTENT_TYPE)


@require_safe
@team_required
def health(request: HttpRequest) -> HttpResponse:
    """For the team: is anything going wrong, and what to do about it."""
    readings = alarms.readings()
    wrong = [reading for reading in readings if reading.wrong]
    context = {"readings": readings, "wrong": wrong, "since": timezone.now()}
    return render(request, "cops/operation/health.html", context)


def _for_the_operator(request: HttpRequest) -> None:
    """Raises Http404 for who does not hold ``METRICS_TOKEN``, and for everybody without one."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404


def _plain(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response
