"""The page of an export: how far it is, its file, and another try."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import PurePath
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_POST

from cops.exports.addresses import KEY, export_address
from cops.exports.kinds import TYPES
from cops.exports.models import Export
from cops.exports.services import PURPOSE, export_count_download, export_retry
from cops.http.methods import require_safe
from cops.http.secret_pages import secret_form
from cops.secrets import digests

View = Callable[..., HttpResponseBase]


def _seen_by_who_may(view: View) -> View:
    """Hand the export to the view, for its owner or the holder of its secret; else 404."""

    @wraps(view)
    def guarded(request: HttpRequest, public_id: str) -> HttpResponseBase:
        export = Export.objects.filter(public_id=public_id).first()
        if export is None:
            raise Http404
        if export.owner_id is not None and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not _may_see(request, export):
            raise Http404
        return view(request, export)

    return guarded


def _may_see(request: HttpRequest, export: Export) -> bool:
    if export.owner_id is not None and export.owner_id != request.user.pk:
        return False
    if not export.secret_hash:
        return True
    given = digests(_secret(request), purpose=PURPOSE)
    return any(constant_time_compare(one, export.secret_hash) for one in given)


def _secret(request: HttpRequest) -> str:
    return request.GET.get(KEY, "")


def _context(request: HttpRequest, export: Export) -> dict[str, Any]:
    secret, kind = _secret(request), export.kind_known
    label, address = kind.back(export) if kind and kind.back else ("", "")
    return {
        "export": export,
        "state_url": export_address(export, secret=secret, page="state"),
        "file_url": export_address(export, secret=secret, page="file"),
        "retry_url": export_address(export, secret=secret, page="retry"),
        "page_url": export_address(export, secret=secret),
        "downloads": kind.downloads if kind else 0,
        "back_label": label,
        "back_url": address,
    }


@secret_form
@require_safe
@_seen_by_who_may
def page(request: HttpRequest, export: Export) -> HttpResponse:
    """Shown again at will: leaving it stops nothing."""
    return render(request, "cops/exports/page.html", _context(request, export))


@secret_form
@require_safe
@_seen_by_who_may
def state(request: HttpRequest, export: Export) -> HttpResponse:
    """The part of the page that changes, for its script."""
    return render(request, "cops/exports/_state.html", _context(request, export))


@secret_form
@require_POST
@_seen_by_who_may
def retry(request: HttpRequest, export: Export) -> HttpResponse:
    export_retry(export=export)
    return redirect(export_address(export, secret=_secret(request)))


@secret_form
@_seen_by_who_may
def file(request: HttpRequest, export: Export) -> HttpResponseBase:
    """The file itself. One that may be taken a number of times is taken by a button, not a link."""
    kind = export.kind_known
    if kind is None:
        raise Http404
    give = require_POST(_give) if kind.downloads else require_safe(_give)
    if kind.guard is not None:
        give = kind.guard(give)
    return give(request, export)


def _give(request: HttpRequest, export: Export) -> HttpResponseBase:
    kind = export.kind_known
    counted = kind is not None and kind.downloads
    given = export_count_download(export=export) if counted else export.can_be_taken
    if not given or not default_storage.exists(export.file):
        return redirect(export_address(export, secret=_secret(request)))
    return _file_answer(export)


def _file_answer(export: Export) -> FileResponse:
    """Saved by the browser, never opened in our origin."""
    suffix = PurePath(export.file).suffix
    answer = FileResponse(
        default_storage.open(export.file),
        as_attachment=True,
        filename=export.filename,
        content_type=TYPES[suffix],
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
