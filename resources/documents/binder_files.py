"""A binder made into one PDF, or into a folder of PDFs: the work of an export.

What is made is frozen when it is asked for (the name, the day, the sheets in their order): the
binder may change meanwhile, and an attempt cut short is done again alike. But a sheet that leaves
public view before the end is left out.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from cops.exports import ExportFault, Made, Progress, request_export
from cops.exports.models import Export
from cops.pdf import PdfBusy, PdfFile
from resources.documents.binder import BinderDocument, running
from resources.documents.leaves import Leaf, leaf_of
from resources.documents.making import resource_pdf
from resources.documents.sheet import Form
from resources.enums import Variant
from resources.models import Binder, PreparedDocument, Resource, ResourceVersion
from resources.services.snapshots import snapshot

PDF, ZIP = "resources.binder_pdf", "resources.binder_zip"
PHASES = {"sheets": "Préparation des fiches", "assembly": "Assemblage"}
_NOTHING = "Aucune fiche de ce classeur n’est encore publiée : il n’y a rien à mettre en page."
_BUSY = "Une fiche n’a pas pu être mise en page à temps. Réessayez dans une minute."
_PATIENCE = 6  # times cops.pdf waits for a document that somebody else is making


def binder_request(*, binder: Binder, kind: str, form: Form, owner: Any) -> Export | None:
    """Ask for a binder's document; None when none of its sheets is on view.

    Asked twice for the same sheets in the same state, it is the same one.
    """
    rows = list(_on_view().filter(binder_items__binder=binder).order_by("binder_items__position"))
    if not rows:
        return None
    parameters = {
        "binder": binder.public_id,
        "name": binder.name,
        "day": timezone.localdate().isoformat(),
        "letters": form.value,
        "sheets": [row.pk for row in rows],
    }
    state = [[row.pk, row.latest, row.printed] for row in rows]  # type: ignore[attr-defined]
    mark = hashlib.sha256(json.dumps(state).encode()).hexdigest()
    return request_export(kind=kind, parameters=parameters, content_hash=mark, owner=owner)


def _on_view() -> Any:
    """The public sheets, each with its latest version and the mark of its printed content."""
    versions = ResourceVersion.objects.filter(resource=OuterRef("pk")).order_by("-number")
    prepared = PreparedDocument.objects.filter(resource=OuterRef("pk"), form=Form.STANDARD)
    return Resource.objects.public().annotate(
        latest=Subquery(versions.values("number")[:1]),
        latest_date=Subquery(versions.values("published_at")[:1]),
        printed=Subquery(prepared.values("sha256")[:1]),
    )


def _asked(export: Export) -> list[Resource]:
    """The sheets that were asked for and are on view now, in their order."""
    wanted = export.parameters["sheets"]
    found = {row.pk: row for row in _on_view().filter(pk__in=wanted)}
    rows = [found[pk] for pk in wanted if pk in found]
    if not rows:
        raise ExportFault(_NOTHING)
    return rows


def _form(export: Export) -> Form:
    return Form(export.parameters["letters"])


def _name(export: Export, suffix: str) -> Made:
    return Made(f"{slugify(export.parameters['name'])[:80] or 'classeur'}.{suffix}")


def binder_pdf(export: Export, progress: Progress) -> Made:
    """The maker of one PDF: each sheet is laid out and drawn, then they are joined."""
    rows = _asked(export)
    while True:
        document = _laid_out(export, rows, progress)
        # Contents, fonts, one file: done in one go, no figure would be true.
        progress(0, 0, "assembly")
        still = _asked(export)
        if [row.pk for row in still] == [row.pk for row in rows]:
            break
        rows = still  # one was withdrawn meanwhile: the pages after it are others
    export.target.write_bytes(document.write())
    return _name(export, "pdf")


def _laid_out(export: Export, rows: list[Resource], progress: Progress) -> BinderDocument:
    asked, form = export.parameters, _form(export)
    progress(0, len(rows), "sheets")
    leaves = _leaves(rows, form, asked["name"])
    day = date.fromisoformat(asked["day"])
    document = BinderDocument(name=asked["name"], day=day, form=form, leaves=leaves)
    for rank, leaf in enumerate(leaves, start=1):
        document.lay_out(leaf)
        progress(rank, len(rows), "sheets")
    return document


def _leaves(rows: list[Resource], form: Form, name: str) -> list[Leaf]:
    places = {row.slug: rank for rank, row in enumerate(rows, start=1)}
    related = Resource.objects.public().filter(relations_from__source__in=rows)
    visible = set(related.values_list("slug", flat=True))
    return [
        leaf_of(
            snapshot(row),
            number=row.latest or 1,  # type: ignore[attr-defined]
            published_at=row.latest_date,  # type: ignore[attr-defined]
            form=_form_of(row, form),
            visible=visible,
            places=places,
            binder=running(name),
        )
        for row in rows
    ]


def _form_of(row: Resource, form: Form) -> Form:
    """The form asked for; large print for a sheet that nobody wrote in easy words."""
    if form == Form.FALC and not row.sections.filter(variant=Variant.FALC).exists():
        return Form.LARGE
    return form


def binder_zip(export: Export, progress: Progress) -> Made:
    """The maker of a folder: the PDF of each sheet, numbered, and a page that lists them."""
    rows, form = _asked(export), _form(export)
    files = []
    for rank, row in enumerate(rows, start=1):
        files.append((row, _form_of(row, form), _pdf(row, _form_of(row, form))))
        progress(rank, len(rows), "sheets")
    still = {row.pk for row in _asked(export)}
    entries = [
        {"row": row, "form": shape, "file": f"{rank:02d}-{row.slug}.pdf", "path": pdf.path}
        for rank, (row, shape, pdf) in enumerate((f for f in files if f[0].pk in still), start=1)
    ]
    progress(0, len(entries), "assembly")
    _write_folder(export, entries, progress)
    return _name(export, "zip")


def _pdf(row: Resource, form: Form) -> PdfFile:
    for _ in range(_PATIENCE):
        try:
            made = resource_pdf(row, form)
        except PdfBusy as busy:
            if isinstance(busy.__cause__, OSError):
                raise  # it was made, and could not be written: the export says why
            continue
        if made is not None:
            return made
    raise ExportFault(_BUSY)


def _write_folder(export: Export, entries: list[dict[str, Any]], progress: Progress) -> None:
    day = date.fromisoformat(export.parameters["day"])
    words = {"name": export.parameters["name"], "day": day, "entries": entries}
    stamp = (day.year, day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(export.target, "w") as folder:
        _put(folder, "index.html", render_to_string("resources/binder_index.html", words), stamp)
        for rank, entry in enumerate(entries, start=1):
            _put(folder, entry["file"], Path(entry["path"]).read_bytes(), stamp)
            progress(rank, len(entries), "assembly")


def _put(folder: zipfile.ZipFile, name: str, content: str | bytes, stamp: tuple[int, ...]) -> None:
    """The same bytes for the same content: the day is that of the request, not of the attempt."""
    line = zipfile.ZipInfo(name, stamp)  # type: ignore[arg-type]
    line.external_attr = 0o644 << 16
    # A PDF is compressed already.
    line.compress_type = zipfile.ZIP_DEFLATED if name.endswith(".html") else zipfile.ZIP_STORED
    folder.writestr(line, content)
