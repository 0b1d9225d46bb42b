"""One sheet: where it stands, what to do, and each thing that is done with one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from cops.accounts.perms import team_required
from cops.audit import trail
from cops.http.methods import require_safe
from cops.pdf import PdfBusy
from resources import documents
from resources.desk.forms import NewSectionForm, WithdrawForm
from resources.desk.sheet import Desk
from resources.enums import Status, Variant
from resources.models import PreparedDocument, Resource
from resources.reading.working_sheet import working_sheet
from resources.services.correcting import publication_undo
from resources.services.drafts import draft_discard, draft_review, draft_rewrite
from resources.services.publishing import (
    resource_archive,
    resource_keep,
    resource_redraft,
    resource_review,
    resource_withdraw,
)
from resources.views.desk.pages import done, found, shown, to_sheet
from resources.views.documents import pdf_answer, pdf_busy

TRAIL_AT_MOST = 30


@team_required
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    desk = Desk(found(slug))
    return shown(
        request,
        "sheet",
        desk,
        "",
        new_section=NewSectionForm(),
        withdraw=WithdrawForm(),
        trail=trail(desk.resource)[:TRAIL_AT_MOST],
    )


def _ask_review(resource: Resource, by: Any) -> object:
    service = draft_review if resource.status == Status.PUBLISHED else resource_review
    return service(resource=resource, by=by)


def _rewrite(resource: Resource, by: Any) -> object:
    service = draft_rewrite if resource.status == Status.PUBLISHED else resource_redraft
    return service(resource=resource, by=by)


# What one button does, and what is said then.
ACTIONS: dict[str, tuple[Callable[..., object], str]] = {
    "relire": (_ask_review, "La relecture est demandée : la fiche est dans « À traiter »."),
    "reprendre": (_rewrite, "Le texte est repris : vous pouvez le corriger."),
    "depublier": (resource_redraft, "La fiche n’est plus en ligne : c’est un brouillon."),
    "abandonner": (draft_discard, "Le texte de travail est abandonné ; rien n’a changé en ligne."),
    "annuler": (publication_undo, "La publication est annulée."),
    "maintenir": (resource_keep, "Le retrait est annulé : la fiche reste en ligne."),
    "archiver": (resource_archive, "La fiche est archivée."),
}


@team_required
@require_POST
def act(request: HttpRequest, slug: str) -> HttpResponse:
    """One of the buttons of the page."""
    resource = found(slug)
    name = request.POST.get("geste", "")
    if name == "retirer":
        return _withdraw(request, resource)
    if name not in ACTIONS:
        raise Http404
    service, words = ACTIONS[name]
    done(request, lambda: service(resource=resource, by=request.user), words)
    return to_sheet(resource)


def _withdraw(request: HttpRequest, resource: Resource) -> HttpResponse:
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        for error in form.errors.get("at", []):
            messages.error(request, f"Retrait : {error}")
        return to_sheet(resource)
    at = form.cleaned_data["at"]
    done(
        request,
        lambda: resource_withdraw(resource=resource, at=at, by=request.user),
        "Le retrait est prévu." if at else "La fiche est retirée : personne ne la voit plus.",
    )
    return to_sheet(resource)


@team_required
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The page as it would be with the working text; ``?version=falc`` for the easy one."""
    desk = Desk(found(slug))
    variant = Variant.FALC if request.GET.get("version") == "falc" else Variant.STANDARD
    page = working_sheet(desk.resource, desk.content, variant, number=desk.next_number)
    if variant == Variant.FALC and not page.has_falc:
        raise Http404
    return shown(request, "preview", desk, "Aperçu", sheet=page, easy=variant == Variant.FALC)


@team_required
@require_safe
def preview_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The PDF of the working text, marked as such: for the eyes of the team alone."""
    desk = Desk(found(slug))
    form = request.GET.get("forme", PreparedDocument.Form.STANDARD)
    if form not in PreparedDocument.Form.values:
        raise Http404
    try:
        made = documents.working_pdf(
            desk.resource, desk.content, form=form, number=desk.next_number
        )
        if made is None:
            raise Http404
        answer = pdf_answer(request, made, f"{desk.resource.slug}-apercu.pdf")
    except PdfBusy as busy:
        return pdf_busy(request, busy, desk.resource)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer
