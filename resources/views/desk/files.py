"""The files and pictures of a sheet, and the picker that the editor opens for a picture."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cops.accounts.perms import team_required
from cops.http.methods import require_safe
from cops.http.redirects import safe_redirect
from resources.desk.sheet import Desk
from resources.forms.files import FileForm
from resources.models import Attachment, Resource
from resources.reading.paging import page_of
from resources.services.attachments import attachment_remove, attachment_save, picture_uses
from resources.views.desk.pages import done, found, shown
from resources.views.team_remarks import DESK_CRUMBS

PICTURES_PER_PAGE = 24
# Where the editor stands: a page of a sheet at the desk, or its form in the admin.
_AT_DESK = re.compile(r"/pilotage/ressources/([a-z0-9-]{1,80})/")
_IN_ADMIN = re.compile(r"/admin/resources/resource/([0-9]{1,18})/")


@team_required
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, slug: str) -> HttpResponse:
    """What goes with a sheet; a file sent is looked at, and refused with its reason."""
    resource = found(slug)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = _added(request, resource, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"« {row.title} » est ajouté.", extra_tags="good")
            own = reverse("resources:desk_files", args=[slug])
            return safe_redirect(request, request.POST.get("suite"), default=own)
    rows = list(resource.attachments.order_by("position", "pk"))
    for row in rows:
        row.uses = picture_uses(row.file_name) if row.is_picture else []  # type: ignore[attr-defined]
    return shown(
        request, "files", Desk(resource), "Pièces jointes",
        form=form, rows=rows, back=request.POST.get("suite", ""),
        status=422 if form.errors else 200,
    )  # fmt: skip


def _added(request: HttpRequest, resource: Resource, form: FileForm) -> Attachment:
    told = form.cleaned_data
    row = Attachment(
        resource=resource,
        title=told["title"],
        alternative=told["alternative"],
        decorative=told["decorative"],
        position=resource.attachments.count(),
    )
    return attachment_save(attachment=row, checked=form.checked, by=request.user)


@team_required
@require_POST
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponseRedirect:
    row = get_object_or_404(Attachment, pk=pk, resource__slug=slug)
    title = row.title
    done(
        request,
        lambda: attachment_remove(attachment=row, by=request.user),
        f"« {title} » est retiré.",
    )
    return redirect("resources:desk_files", slug)


@team_required
@require_safe
def pictures(request: HttpRequest) -> HttpResponse:
    """Every picture, those of the sheet being written first; the editor puts one in the text."""
    sheet = _sheet_of(request)
    rows = Attachment.objects.filter(media_type__startswith="image/").select_related("resource")
    words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:200]
    if words:
        rows = rows.filter(title__icontains=words)
    elif sheet is not None:
        rows = rows.filter(resource=sheet)
    number = request.GET.get("CKEditorFuncNum", "")
    kept = {"CKEditorFuncNum": number if re.fullmatch(r"-?[0-9]{1,9}", number) else ""}
    kept |= {"fiche": sheet.slug} if sheet else {}
    own = f"{reverse('resources:desk_pictures')}?{urlencode(kept)}"
    context: dict[str, Any] = {
        "page": page_of(
            rows.order_by("-added_at", "-pk"),
            request.GET.get("page", ""),
            per_page=PICTURES_PER_PAGE,
        ),
        "page_base": f"{own}&{urlencode({'q': words})}" if words else own,
        "crumbs": [*DESK_CRUMBS, ("Images", None)],
        "own": own,
        "sheet": sheet,
        "q": words,
        "number": kept["CKEditorFuncNum"],
        "form": FileForm() if sheet else None,
    }
    return render(request, "resources/desk/pictures.html", context)


def _sheet_of(request: HttpRequest) -> Resource | None:
    if slug := request.GET.get("fiche", "").replace("\0", ""):
        return Resource.objects.filter(slug=slug).first()
    path = urlsplit(request.headers.get("Referer", "")).path
    if match := _AT_DESK.match(path):
        return Resource.objects.filter(slug=match[1]).first()
    if match := _IN_ADMIN.match(path):
        return Resource.objects.filter(pk=int(match[1])).first()
    return None
