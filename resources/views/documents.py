"""The PDFs of a resource: the present ones, the archived versions, the attached files."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from cops import counters
from cops.http.methods import require_safe
from cops.pagecache import cached_page, mark_file
from cops.pdf import PdfBusy, PdfFile
from resources import documents
from resources.models import Attachment, PreparedDocument, Resource, ResourceVersion, Section
from resources.pictures import FOLDER, public_id_of, smaller
from resources.views.sheet import moved_or_404

Form = PreparedDocument.Form
_NAMES = {Form.STANDARD: "{}.pdf", Form.FALC: "{}-falc.pdf", Form.LARGE: "{}-gros-caracteres.pdf"}


def _count(request: HttpRequest, slug: str, form: str = "") -> None:
    counters.add("resource.download", slug)


@login_not_required
@require_safe
@cached_page(count=_count)
def pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The latest PDF of a resource: an address that never changes."""
    resource = _visible(request).filter(slug=slug).first()
    if resource is None:
        return moved_or_404(request, slug, "resources:pdf")
    return _present(request, resource, Form.STANDARD)


@login_not_required
@require_safe
@cached_page(count=_count)
def pdf_form(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The easy-to-read PDF, the one in large print, or that of an older version « v<n> »."""
    resource = _visible(request).filter(slug=slug).first()
    if resource is None:
        return moved_or_404(request, slug, "resources:pdf_form", form)
    if form in (Form.FALC, Form.LARGE):
        return _present(request, resource, Form(form))
    versions = ResourceVersion.objects.select_related("resource")
    if not getattr(request.user, "is_staff", False):
        versions = versions.standing()
    version = get_object_or_404(versions, resource=resource, number=int(form[1:]))
    try:
        made = documents.version_pdf(version)
        return pdf_answer(request, made, f"{resource.slug}-{form}.pdf")
    except PdfBusy as busy:
        return pdf_busy(request, busy, resource)


@login_not_required
@require_safe
def attachment(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A file that goes with a resource, to those who may read the resource."""
    found = get_object_or_404(Attachment, pk=pk, resource__in=_visible(request).filter(slug=slug))
    name = found.name or found.file_name
    response = _stored(str(found.file), found.media_type, as_attachment=True, filename=name)
    counters.add("resource.attachment", slug)
    return response


@login_not_required
@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture of a text, in one of its sizes, to those who may read a text that shows it."""
    found = _picture(name)
    if not _may_see(request, found):
        raise Http404
    etag = quote_etag(name)  # the name is new with each content
    response = get_conditional_response(request, etag=etag) or picture_response(name)
    response["ETag"] = etag
    return response


def picture_response(name: str) -> HttpResponseBase:
    """A picture in one of its sizes, to who was found to have the right; Http404 for any other."""
    found = _picture(name)
    return _stored(f"{FOLDER}/{name}", found.media_type, filename=found.name)


def _picture(name: str) -> Attachment:
    found = get_object_or_404(Attachment, public_id=public_id_of(name))
    if name not in (found.file_name, smaller(found.file_name)):
        raise Http404
    return found


def _may_see(request: HttpRequest, found: Attachment) -> bool:
    """Its own resource, or another one whose text shows it (a sheet begun from that one)."""
    visible = _visible(request)
    if visible.filter(pk=found.resource_id).exists():
        return True
    texts = Section.objects.filter(source_html__contains=found.file_name, resource__in=visible)
    return texts.exists()


def _stored(name: str, media_type: str, **options: Any) -> FileResponse:
    """A file of the storage, as nothing but what it is: it runs nothing on our own origin."""
    try:
        content = default_storage.open(name, "rb")
    except FileNotFoundError:
        raise Http404 from None
    kind = media_type or "application/octet-stream"
    response = FileResponse(content, content_type=kind, **options)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    # Withdrawn with its sheet at once: a browser asks each time.
    response["Cache-Control"] = "no-cache"
    return response


def _visible(request: HttpRequest) -> QuerySet[Resource]:
    return Resource.objects.visible_to(request.user)


def _present(request: HttpRequest, resource: Resource, form: Form) -> HttpResponseBase:
    try:
        made = documents.resource_pdf(resource, form)
        if made is not None:
            return pdf_answer(request, made, _NAMES[form].format(resource.slug))
    except PdfBusy as busy:
        return pdf_busy(request, busy, resource)
    raise Http404  # no easy-to-read version of this resource


def pdf_answer(request: HttpRequest, made: PdfFile, name: str) -> HttpResponseBase:
    """The file under its content's own mark, so that who has it already is told so."""
    etag = quote_etag(made.sha256)
    headers: dict[str, Any] = {"ETag": etag, "Cache-Control": "no-cache"}
    if answer := get_conditional_response(request, etag=etag):
        for header, value in headers.items():
            answer[header] = value
        return answer
    response = FileResponse(made.open(), filename=name, content_type="application/pdf")
    for header, value in headers.items():
        response[header] = value
    mark_file(response, made.path)
    return response


def pdf_busy(request: HttpRequest, busy: PdfBusy, resource: Resource) -> HttpResponse:
    context = {"page_url": resource.get_absolute_url(), "error_status": 503}
    response = render(request, "resources/pdf_busy.html", context, status=503)
    response["Retry-After"] = str(busy.retry_after)
    response["Cache-Control"] = "no-store"
    return response
