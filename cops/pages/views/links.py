"""The links of the public pages, for the team: what is broken, where it is, how to correct it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cops.accounts.perms import team_required
from cops.http.methods import require_safe
from cops.http.redirects import safe_redirect
from cops.links.checking import link_check_now, link_excuse
from cops.links.enums import State
from cops.links.models import LinkCheck
from cops.links.waiting import to_mend

PER_PAGE = 40
TO_MEND = "a-corriger"
_WANTED = {
    TO_MEND: "À corriger",
    State.FAILING.value: "En échec, pas encore cassés",
    State.MOVED.value: "Déplacés pour de bon",
    State.UNSURE.value: "Non vérifiables",
    State.GOOD.value: "Bons",
    "tous": "Tous",
}


@require_safe
@team_required
def links(request: HttpRequest) -> HttpResponse:
    """What is to be corrected; ``?etat=`` for the others."""
    wanted = request.GET.get("etat", "")
    wanted = wanted if wanted in _WANTED else TO_MEND
    base = f"{reverse('pages:links')}?{urlencode({'etat': wanted})}"
    counted = dict(LinkCheck.objects.order_by().values_list("state").annotate(count=Count("pk")))
    context = {
        "page": _page(_rows(wanted), request.GET.get("page", "")),
        "page_base": base,
        "crumbs": [("Pilotage", reverse("pages:todo")), ("Liens", None)],
        "wanted": wanted,
        "choices": list(_WANTED.items()),
        "label": _WANTED[wanted],
        "total": sum(counted.values()),
        "broken": to_mend().count(),
        "last": LinkCheck.objects.order_by("-checked_at").exclude(checked_at=None).first(),
    }
    return render(request, "cops/pages/links.html", context)


def _rows(wanted: str) -> QuerySet[LinkCheck]:
    rows = LinkCheck.objects.all()
    if wanted == TO_MEND:
        rows = to_mend()
    elif wanted != "tous":
        rows = rows.filter(state=wanted)
    return rows.order_by("failing_since", "host", "url", "pk")


def _page(rows: QuerySet[LinkCheck], text: str) -> Page:
    """1 when it is below 1 or no number, a 404 beyond the end."""
    paginator = Paginator(rows, PER_PAGE)
    number = max(1, int(text)) if re.fullmatch(r"-?[0-9]{1,9}", text) else 1
    if number > paginator.num_pages or re.fullmatch(r"[0-9]{10,}", text):
        raise Http404
    return paginator.page(number)


@require_POST
@team_required
def link_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Check one address now, for instance once it was corrected elsewhere."""
    row = link_check_now(link=get_object_or_404(LinkCheck, pk=pk))
    good = row.state in (State.GOOD, State.MOVED)
    words = (
        row.get_state_display()
        if good
        else f"{row.get_state_display()} : {row.get_reason_display()}"
    )
    messages.add_message(
        request, messages.SUCCESS if good else messages.WARNING, f"{row.url} — {words}.",
        extra_tags="good" if good else "warning",
    )  # fmt: skip
    return _back(request)


@require_POST
@team_required
def link_good(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody looked: the page is there."""
    link_excuse(link=get_object_or_404(LinkCheck, pk=pk))
    messages.success(request, "Noté : ce lien est bon. Il n’est plus à corriger pendant six mois.")
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    return safe_redirect(request, request.POST.get("suite"), default=reverse("pages:links"))
