"""« Des mots pour le dire »: the arguments by audience, on a page and as a PDF."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cops import counters
from cops.pagecache import cached_page
from cops.pdf import PdfBusy, PdfFile, existing
from cops.pdf.files import content_hash
from resources import documents
from resources.documents.arguments import arguments_html
from resources.models import ArgumentSet, Resource


@login_not_required
@cached_page(params=("recueil",))
def arguments(request: HttpRequest) -> HttpResponse:
    """One set of arguments; the others, if any, are named with their address."""
    sets = list(ArgumentSet.objects.public())
    chosen = _chosen(request, sets)
    sheet = Prefetch("resource", Resource.objects.public().only("slug", "title", "kind"))
    found = list(chosen.arguments.prefetch_related(sheet)) if chosen else []
    return render(
        request,
        "resources/arguments.html",
        {
            "crumbs": [("Accueil", "/"), ("Argumentaires", None)],
            "canonical": settings.SITE_ORIGIN + _address("resources:arguments", chosen, sets),
            "set": chosen,
            "arguments": found,
            "edited": any(argument.editorial for argument in found),
            "others": [other for other in sets if other != chosen],
            "pdf": _prepared(chosen) if chosen else None,
            "pdf_url": _address("resources:arguments_pdf", chosen, sets),
        },
    )


@login_not_required
def arguments_pdf(request: HttpRequest) -> HttpResponse | FileResponse:
    """The PDF of a set: the kept copy, made on the first request."""
    chosen = _chosen(request, list(ArgumentSet.objects.public()))
    if chosen is None:
        raise Http404("Aucun argumentaire n’est publié pour le moment.")
    try:
        content = documents.arguments_pdf(chosen).open()
    except PdfBusy as busy:
        return _busy(request, busy)
    counters.add("arguments.download", chosen.slug)
    return FileResponse(content, content_type="application/pdf", filename=f"{chosen.slug}.pdf")


def _prepared(chosen: ArgumentSet) -> PdfFile | None:
    """The PDF as sent now, if it is kept: its pages and size are said before the click."""
    return existing(content_hash(arguments_html(chosen)))


def _busy(request: HttpRequest, busy: PdfBusy) -> HttpResponse:
    context = {"page_url": reverse("resources:arguments"), "error_status": 503}
    response = render(request, "resources/pdf_busy.html", context, status=503)
    response["Retry-After"] = str(busy.retry_after)
    response["Cache-Control"] = "no-store"
    return response


def _chosen(request: HttpRequest, sets: list[ArgumentSet]) -> ArgumentSet | None:
    """The set asked by ``recueil``, else the first; None when nothing is published."""
    asked = request.GET.get("recueil")
    return next((found for found in sets if found.slug == asked), sets[0] if sets else None)


def _address(name: str, chosen: ArgumentSet | None, sets: list[ArgumentSet]) -> str:
    """The page or the PDF of a set; the first one needs no parameter."""
    address = reverse(name)
    if chosen is None or chosen == sets[0]:
        return address
    return f"{address}?recueil={chosen.slug}"
