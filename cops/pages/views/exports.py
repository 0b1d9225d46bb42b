"""Documents in preparation, for the team: which kind, how far, what stopped."""

import re
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cops.accounts.perms import team_required
from cops.exports.enums import STOPPED, State
from cops.exports.models import Export
from cops.exports.services import export_retry
from cops.http.methods import require_safe

PER_PAGE = 50


@require_safe
@team_required
def exports(request: HttpRequest) -> HttpResponse:
    """The latest first. Whose they are and what is in them, nobody of the team needs to know."""
    wanted = request.GET.get("etat", "")
    rows = Export.objects.order_by("-created_at", "-pk").defer("parameters")
    if wanted in State.values:
        rows = rows.filter(state=wanted)
    address = reverse("pages:exports")
    context = {
        "page": _page(rows, request.GET.get("page", "")),
        "page_base": f"{address}?{urlencode({'etat': wanted})}" if wanted else address,
        "states": State.choices,
        "stopped": STOPPED,
        "wanted": wanted,
    }
    return render(request, "cops/pages/exports.html", context)


def _page(rows: QuerySet[Export], text: str) -> Page:
    """1 when it is below 1 or no number, a 404 beyond the end."""
    paginator = Paginator(rows, PER_PAGE)
    number = max(1, int(text)) if re.fullmatch(r"-?[0-9]{1,9}", text) else 1
    if number > paginator.num_pages or re.fullmatch(r"[0-9]{10,}", text):
        raise Http404
    return paginator.page(number)


@require_POST
@team_required
def export_again(request: HttpRequest, public_id: str) -> HttpResponse:
    """Try again, from the start, what was set aside."""
    export = get_object_or_404(Export, public_id=public_id)
    if export_retry(export=export, by_team=True):
        messages.success(request, f"« {export.label} » est relancé.")
    else:
        messages.info(request, "Ce document n’est plus à relancer.")
    return redirect("pages:exports")
