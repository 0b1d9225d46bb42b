"""What was erased each night, for administrators."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cops.accounts.perms import administrator_required
from cops.http.methods import require_safe
from cops.pages.nights import title_of
from cops.privacy.models import Departure, Erasure, PurgeRun
from cops.privacy.retaining import retention_is_stopped

SHOWN = timedelta(days=7)
MOST = 200


@require_safe
@administrator_required
def nights(request: HttpRequest) -> HttpResponse:
    """The last seven nights, where something was erased or went wrong; numbers, never names."""
    since = timezone.now() - SHOWN
    runs = PurgeRun.objects.filter(ran_at__gt=since).order_by("-ran_at", "-pk")[:MOST]
    context = {
        "lines": [(title_of(run.model), run) for run in runs],
        "stopped": retention_is_stopped(),
        "leaving": Departure.objects.count(),
        "erased": Erasure.objects.filter(erased_at__gt=since).count(),
    }
    return render(request, "cops/pages/nights.html", context)
