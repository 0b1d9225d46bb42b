"""« Mon classeur »: its page, what the buttons of other pages ask, its shared link."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from cops.formats import count_fr
from cops.http import answers
from cops.http.addresses import address
from cops.http.limits import Limit, take
from cops.http.methods import require_safe
from cops.http.origins import same_origin_post
from cops.http.secret_pages import secret_form, secret_page
from resources.models import Binder, PreparedDocument
from resources.models.binders import DAYS_WITHOUT_ACCOUNT
from resources.reading.binder import Line, kept_slugs, lines_of
from resources.services.binder_holders import binder_copy
from resources.services.binders import share_token
from resources.views.binder_holding import binder_to_fill, binders_of, keep_cookie
from resources.views.binder_notices import notice_of

Form = PreparedDocument.Form
# What a binder may be made into, and in which letters.
FORMATS = (
    ("pdf", "Un seul PDF", "Avec une couverture, un sommaire et des pages numérotées."),
    ("zip", "Un dossier ZIP", "Une fiche par fichier PDF, dans l’ordre du classeur."),
)
LETTERS = (
    (Form.STANDARD, "Texte courant"),
    (Form.LARGE, "Gros caractères"),
    (Form.FALC, "Facile à lire, pour les fiches qui existent ainsi"),
)
COPIES = (Limit(60, seconds=600), Limit(600, seconds=86_400))


@login_not_required
@require_safe
@never_cache
def binder(request: HttpRequest) -> HttpResponse:
    """The binder in use, to read, put in order, name, share and take away."""
    return binder_page(request)


def binder_page(
    request: HttpRequest, *, status: int = 200, name: str = "", name_error: str = ""
) -> HttpResponse:
    """The page itself; with what was typed when the name was refused."""
    mine = list(binders_of(request).annotate(size=Count("items")))
    current = mine[0] if mine else None
    lines = lines_of(current) if current else []
    context = {
        "crumbs": [("Accueil", "/"), (current.name if current else "Mon classeur", None)],
        "binder": current,
        "lines": lines,
        "extent": _extent(lines),
        "notice": notice_of(request, current, lines),
        "mine": mine if request.user.is_authenticated else [],
        "signed_in": request.user.is_authenticated,
        "days": DAYS_WITHOUT_ACCOUNT,
        "link": shared_address(current) if current and current.is_shared else "",
        "formats": FORMATS,
        "letters": LETTERS,
        "exportable": any(line.on_view for line in lines),
        "name_typed": name or (current.name if current else ""),
        "name_error": name_error,
    }
    return render(request, "resources/binder.html", context, status=status)


def _extent(lines: list[Line]) -> str:
    """« 5 fiches, environ 31 pages »."""
    words = count_fr(len(lines), "fiche")
    pages = [line.pages for line in lines if line.on_view]
    if pages and all(pages):
        words += f", environ {count_fr(sum(filter(None, pages)), 'page')}"
    return words


def shared_address(binder: Binder) -> str:
    """The whole address of the binder's link; empty when the key it was made from is gone."""
    token = share_token(binder)
    if not token:
        return ""
    return settings.SITE_ORIGIN + reverse("resources:binder_shared", args=[token])


@login_not_required
@require_safe
@never_cache
def state(request: HttpRequest) -> JsonResponse:
    """What a page kept in memory cannot know: which of its sheets this visitor has put aside."""
    current = binders_of(request).first()
    return JsonResponse({"slugs": kept_slugs(current) if current else []})


@secret_page
@require_safe
def shared(request: HttpRequest, jeton: str) -> HttpResponse:
    """A binder for whoever has its link: to read, and to copy into one's own."""
    found = _opened(jeton)
    lines = lines_of(found)
    context = {
        "crumbs": [("Accueil", "/"), (found.name, None)],
        "binder": found,
        "lines": lines,
        "extent": _extent(lines),
        "copy_url": reverse("resources:binder_copy", args=[jeton]),
        "exportable": any(line.on_view for line in lines),
    }
    return render(request, "resources/binder_shared.html", context)


@secret_form
@csrf_exempt
def copy(request: HttpRequest, jeton: str) -> HttpResponseBase:
    """Asks before copying a shared binder, then copies it: a link alone changes nothing."""
    return copied(request, jeton) if request.method == "POST" else asked(request, jeton)


@require_safe
def asked(request: HttpRequest, jeton: str) -> HttpResponse:
    found = _opened(jeton)
    mine = binders_of(request).first()
    context: dict[str, Any] = {
        "crumbs": [
            ("Accueil", "/"),
            (found.name, reverse("resources:binder_shared", args=[jeton])),
            ("Copier", None),
        ],
        "binder": found,
        "mine": mine,
        "lines": [line for line in lines_of(found) if line.on_view],
        "is_mine": mine is not None and mine.pk == found.pk,
        "days": DAYS_WITHOUT_ACCOUNT,
        "signed_in": request.user.is_authenticated,
    }
    return render(request, "resources/binder_copy.html", context)


@same_origin_post
def copied(request: HttpRequest, jeton: str) -> HttpResponse:
    if wait := take(request, "binder.copy", *COPIES):
        return answers.too_many(wait)
    found = _opened(jeton)
    mine, secret = binder_to_fill(request)
    try:
        said = f"fait=copie&combien={binder_copy(source=found, into=mine)}"
    except ValidationError:
        said = "fait=plein"
    response = HttpResponseRedirect(f"{address('resources:binder')}?{said}")
    keep_cookie(response, secret)
    return response


def _opened(token: str) -> Binder:
    """Unknown, revoked, erased, past its time: the same 404."""
    found = Binder.objects.shared_by(token).first()
    if found is None:
        raise Http404
    return found
