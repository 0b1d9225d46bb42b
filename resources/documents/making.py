"""From a row of the library to its PDF, and what is remembered of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.utils import timezone

from cops.formats import date_fr
from cops.pagecache import raise_version
from cops.pagecache.version import Version, read_version
from cops.pdf import PdfFile, existing, kept
from cops.pdf.tidying import unused_remove
from resources.documents.arguments import arguments_html
from resources.documents.sheet import Form, sheet_html
from resources.enums import Status, Variant
from resources.models import ArgumentSet, PreparedDocument, Resource, ResourceVersion
from resources.services.content_html import content_html
from resources.services.snapshots import snapshot

# What this process gave last for a resource and a form, with the version of the contents
# at that time: laying out the HTML only to find its file again costs ten times the sending.
_given: dict[tuple[int, str], tuple[Version, PdfFile]] = {}
_GIVEN_AT_MOST = 5000
_DRAFT = "Brouillon, non publié"
_PREVIEW = "Aperçu du {}, texte non publié : ne pas diffuser"


def resource_pdf(resource: Resource, form: str = Form.STANDARD) -> PdfFile | None:
    """The PDF of a resource as it stands; None when it has no text in that form.

    ``form`` is one of PreparedDocument.Form. Records what was made, so that the
    download link can tell pages and size before the click. Raises PdfBusy.
    """
    key, now = (resource.pk, str(form)), read_version()
    if (known := _given.get(key)) and known[0] == now and (file := existing(known[1].sha256)):
        return file
    made = _resource_pdf(resource, Form(form))
    if made is not None:
        if len(_given) >= _GIVEN_AT_MOST:
            _given.clear()
        _given[key] = (now, made)
    return made


def _resource_pdf(resource: Resource, form: Form) -> PdfFile | None:
    if not resource.sections.filter(variant=_variant(form)).exists():
        return None
    version = resource.versions.order_by("-number", "pk").first()
    number, date = (version.number, version.published_at) if version else (1, None)
    words = snapshot(resource)
    if resource.status != Status.PUBLISHED:
        words["notice"] = _DRAFT
    made = _sheet(words, number, date, form)
    _record(resource, form, made, number)
    return made


def _variant(form: Form) -> Variant:
    return Variant.FALC if form == Form.FALC else Variant.STANDARD


def _sheet(
    words: Mapping[str, Any], number: int, published_at: datetime | None, form: Form
) -> PdfFile:
    related = [row["slug"] for row in words.get("relations", [])]
    visible = Resource.objects.public().filter(slug__in=related).values_list("slug", flat=True)
    return kept(
        sheet_html(words, number=number, published_at=published_at, form=form, visible=set(visible))
    )


def _record(resource: Resource, form: Form, made: PdfFile, number: int) -> None:
    row = PreparedDocument.objects.filter(resource=resource, form=form).first()
    if row is None or (row.sha256, row.version) != (made.sha256, number):
        PreparedDocument.objects.update_or_create(
            resource=resource,
            form=form,
            defaults={
                "sha256": made.sha256,
                "pages": made.pages,
                "size": made.size,
                "version": number,
            },
        )


def resource_pdfs(resource: Resource) -> None:
    """Make every form of a resource ahead, and let the pages tell their size. Raises PdfBusy."""
    rows = PreparedDocument.objects.filter(resource=resource).order_by("form")
    before = list(rows.values_list("form", "sha256"))
    for form in Form:
        if resource_pdf(resource, form) is None:
            rows.filter(form=form).delete()
    if list(rows.values_list("form", "sha256")) != before:
        raise_version()


def unprepared(limit: int) -> list[int]:
    """The keys of published resources whose latest version has no PDF yet, the oldest first."""
    latest = ResourceVersion.objects.filter(resource=OuterRef("pk")).order_by("-number")
    ready = PreparedDocument.objects.filter(
        resource=OuterRef("pk"), form=Form.STANDARD, version__gte=OuterRef("latest")
    )
    return list(
        Resource.objects.public()
        .annotate(latest=Subquery(latest.values("number")[:1]))
        .filter(~Exists(ready), latest__isnull=False)
        .order_by(F("published_at").asc(), "pk")
        .values_list("pk", flat=True)[:limit]
    )


def version_pdf(version: ResourceVersion) -> PdfFile:
    """The PDF of an archived version, made again from its snapshot. Raises PdfBusy."""
    resource = version.resource
    # The oldest snapshots may lack even these.
    known = {"slug": resource.slug, "kind": resource.kind, "title": resource.title}
    words = known | version.snapshot
    return _sheet(words, version.number, version.published_at, Form.STANDARD)


def working_pdf(
    resource: Resource, content: Mapping[str, Any], *, form: str, number: int
) -> PdfFile | None:
    """The PDF of a text in progress, marked as a preview; None when it has no text in that form.

    ``number`` is that of the version it would become. Nothing is recorded of it: no page
    offers it. Raises PdfBusy.
    """
    words = content_html(dict(content))
    chosen = Form(form)
    if not any(section["variant"] == _variant(chosen) for section in words["sections"]):
        return None
    words |= {"slug": resource.slug, "notice": _PREVIEW.format(date_fr(timezone.localdate()))}
    return _sheet(words, number, None, chosen)


def arguments_pdf(chosen: ArgumentSet) -> PdfFile:
    """The PDF of a set of arguments. Raises PdfBusy."""
    return kept(arguments_html(chosen))


def unused_pdfs_remove() -> int:
    """Remove the kept PDFs that are no resource's present one and that nobody asks for any more."""
    return unused_remove(set(PreparedDocument.objects.values_list("sha256", flat=True)))
