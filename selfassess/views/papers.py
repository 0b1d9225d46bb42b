"""The PDFs: blank sheets kept as the documents of the library are, results made and forgotten."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from cops import counters
from cops.http.methods import require_safe
from cops.pdf import PdfBusy, kept, make
from selfassess import documents
from selfassess.enums import Mode
from selfassess.models import Assessment, Grid, Participant
from selfassess.reading.grids import version_in_use
from selfassess.views.mine import long_alone
from selfassess.views.places import Place, mine_only


@login_not_required
@require_safe
def of_grid(request: HttpRequest, slug: str, name: str) -> HttpResponseBase:
    """A blank sheet, or the poster; ``?mots=`` chooses the wording."""
    grid = get_object_or_404(Grid.objects.public(), slug=slug)
    html = documents.blank_html(version_in_use(grid), name, request.GET.get("mots", ""))
    if html is None:
        raise Http404
    try:
        document = kept(html)
    except PdfBusy as busy:
        return _busy(request, busy, grid.get_absolute_url())
    counters.add("selfassess.download", f"{slug}-{name}")
    return FileResponse(
        document.path.open("rb"), content_type="application/pdf", filename=f"{slug}-{name}.pdf"
    )


def _busy(request: HttpRequest, busy: PdfBusy, page: str) -> HttpResponse:
    context = {"page_url": page, "error_status": 503}
    response = render(request, "resources/pdf_busy.html", context, status=503)
    response["Retry-After"] = str(busy.retry_after)
    response["Cache-Control"] = "no-store"
    return response


def _has_own(assessment: Assessment, me: Participant) -> bool:
    """One's own wheel, once sent, or once the others turned theirs over without it.

    On a screen that was handed over, the first one's waits for the turn like the page.
    """
    if assessment.revealed_at is not None:
        return bool(me.submitted_at or me.scores)
    return me.submitted_at is not None and (assessment.mode != Mode.DEVICE or long_alone(me))


@mine_only
@require_safe
def of_assessment(request: HttpRequest, place: Place, name: str) -> HttpResponseBase:
    """« ma-roue », « resultat » or « commun »: made for this request, kept nowhere."""
    assessment, me = place.assessment, place.me
    if name == "ma-roue":
        if not _has_own(assessment, me):
            raise Http404
        html = documents.own_html(assessment, me)
    elif not place.sees_outcome or assessment.mode == Mode.ALONE:
        raise Http404
    elif name == "resultat":
        html = documents.outcome_html(assessment)
    elif name == "commun":
        joint = documents.joint_html(assessment)
        if joint is None:  # the page says so, and where to begin
            return redirect("selfassess:joint", *place.key)
        html = joint
    else:
        raise Http404
    response = HttpResponse(make(html), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
