"""The words that readers left under the sheets, for the team."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cops.accounts.perms import team_required
from cops.formats import count_fr
from cops.http.addresses import address
from cops.http.methods import require_safe
from cops.http.redirects import safe_redirect
from resources.models import Remark, Resource
from resources.reading.paging import page_of
from resources.services.feedback import remark_erase, remarks_read

PER_PAGE = 30
DESK_CRUMBS = [("Pilotage", "/pilotage/"), ("Ressources", "/pilotage/ressources/")]


@require_safe
@team_required
def remarks(request: HttpRequest) -> HttpResponse:
    """Those to read first; ``?lus=1`` for all, ``?fiche=`` for those of one sheet."""
    rows = Remark.objects.select_related("resource").only(
        "useful", "text", "received_on", "read_on", "resource__title", "resource__slug"
    )
    everything = request.GET.get("lus") == "1"
    sheet = Resource.objects.filter(slug=request.GET.get("fiche", "").replace("\0", "")).first()
    if not everything:
        rows = rows.filter(read_on__isnull=True)
    if sheet is not None:
        rows = rows.filter(resource=sheet)
    query = {"lus": "1"} if everything else {}
    if sheet is not None:
        query["fiche"] = sheet.slug
    page = page_of(
        rows.order_by("-received_on", "-pk"), request.GET.get("page", ""), per_page=PER_PAGE
    )
    base = address("resources:team_remarks")
    context = {
        "page": page,
        "page_base": f"{base}?{urlencode(query)}" if query else base,
        "crumbs": [*DESK_CRUMBS, ("Avis des lecteurs", None)],
        "everything": everything,
        "sheet": sheet,
        "unread": [remark.pk for remark in page.object_list if remark.read_on is None],
    }
    return render(request, "resources/team/remarks.html", context)


@require_POST
@team_required
def remarks_mark(request: HttpRequest) -> HttpResponse:
    """Mark as read the remarks that the page named."""
    chosen = [int(pk) for pk in request.POST.getlist("avis") if pk.isascii() and pk.isdigit()]
    done = remarks_read(remarks=[pk for pk in chosen if pk < 2**63][:PER_PAGE])
    if done:
        messages.success(request, f"{count_fr(done, 'avis marqué lu,avis marqués lus')}.")
    else:
        messages.info(request, "Ces avis étaient déjà lus.")
    return safe_redirect(
        request, request.POST.get("suite"), default=address("resources:team_remarks")
    )


@require_POST
@team_required
def remark_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase one remark at once, for words that should not be kept."""
    remark_erase(remark=get_object_or_404(Remark, pk=pk), by=request.user)
    messages.success(request, "Cet avis est effacé. Le compte des réponses ne change pas.")
    return redirect("resources:team_remarks")
