"""What the forms of the binder do. None holds a token: see cops.http.origins.

Each answers by a redirect to the binder's page, which says what was done. The button « Ajouter »
of a page with JavaScript asks for JSON and stays where it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache

from cops.exports import export_address
from cops.http import answers
from cops.http.addresses import address
from cops.http.limits import Limit, take
from cops.http.origins import same_origin_post
from resources.documents import binder_files
from resources.enums import Move
from resources.models import Binder, PreparedDocument, Resource
from resources.services import binder_holders, binders
from resources.views.binder import binder_page
from resources.views.binder_holding import (
    binder_of,
    binder_to_fill,
    forget_cookie,
    keep_cookie,
    secret_of,
)
from resources.views.binder_notices import undo_token, undone

# A hospital is one network: wide for people, narrow for a robot.
CHANGES = (Limit(300, seconds=60), Limit(20_000, seconds=86_400))

EXPORTS = (Limit(60, seconds=600), Limit(2_000, seconds=86_400))
KINDS = {"pdf": binder_files.PDF, "zip": binder_files.ZIP}
Form = PreparedDocument.Form
_SLUG = re.compile(r"[a-z0-9-]{1,80}")

Done = dict[str, object]


def changes(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Marks the view of a form of the binder: from a page of ours, not too often, never kept."""

    @login_not_required
    @same_origin_post
    @never_cache
    @wraps(view)
    def checked(request: HttpRequest) -> HttpResponseBase:
        if wait := take(request, "binder.change", *CHANGES):
            return answers.too_many(wait)
        return view(request)

    return checked


def on_binder(
    act: Callable[[HttpRequest, Binder], Done | HttpResponse],
) -> Callable[..., HttpResponseBase]:
    """Marks what is done to a binder that is there; gives the words of the notice, or an answer."""

    @changes
    @wraps(act)
    def acted(request: HttpRequest) -> HttpResponse:
        mine = binder_of(request)
        if mine is None:
            return back({"fait": "perdu"})
        try:
            done = act(request, mine)
        except Binder.DoesNotExist:  # erased by another tab meanwhile
            return back({"fait": "perdu"})
        except ValidationError as error:
            done = {"fait": "trop" if error.code == "too_many" else "plein"}
        response = back(done) if isinstance(done, dict) else done
        if mine.owner_id is None and not response.cookies:
            keep_cookie(response, secret_of(request))
        return response

    return acted


def back(done: Done) -> HttpResponseRedirect:
    """To the binder's page, at the line in question, with the words of its notice."""
    line = f"#ligne-{done['fiche']}" if "fiche" in done else ""
    return HttpResponseRedirect(f"{address('resources:binder')}?{urlencode(done)}{line}")


@changes
def add(request: HttpRequest) -> HttpResponse:
    """Put a sheet in the visitor's binder, started if there is none; twice is once."""
    slug = request.POST.get("fiche", "")
    shape = _SLUG.fullmatch(slug)
    resource = Resource.objects.public().filter(slug=slug).first() if shape else None
    if resource is None:
        return _added(request, "absente")
    mine, secret = binder_to_fill(request)
    try:
        code = "ajoutee" if binders.binder_add(binder=mine, resource=resource) else "deja"
    except ValidationError:
        code = "plein"
    except Binder.DoesNotExist:
        code = "perdu"
    response = _added(request, code, mine, resource)
    keep_cookie(response, secret)
    return response


def _added(
    request: HttpRequest, code: str, mine: Binder | None = None, resource: Resource | None = None
) -> HttpResponse:
    if request.headers.get("Accept") == "application/json":
        said = {
            "absente": "Cette fiche n’est plus dans la bibliothèque.",
            "plein": binders.FULL,
            "perdu": "Votre classeur n’est plus là. Essayez encore une fois.",
        }.get(code, "")
        status = 409 if said else 200
        title = resource.title if resource else ""
        return JsonResponse({"state": code, "title": title, "message": said}, status=status)
    done: Done = {"fait": code}
    if mine is not None and code in ("ajoutee", "deja"):
        item = mine.items.filter(resource=resource).order_by("pk").first()
        done["fiche"] = item.pk if item else 0
    if came_from := _came_from(request):
        done["retour"] = came_from
    # At the top of the page, where the notice is: no line is asked for.
    return HttpResponseRedirect(f"{address('resources:binder')}?{urlencode(done)}")


def _came_from(request: HttpRequest) -> str:
    """The path of the page of ours whose button was pressed."""
    try:
        parts = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    if parts.netloc != request.get_host():
        return ""
    place = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return place if len(place) <= 1_000 else ""


@on_binder
def remove(request: HttpRequest, mine: Binder) -> Done:
    """Take a sheet out, and offer to put it back."""
    gone = binders.binder_remove(binder=mine, item=_line(request))
    if gone is None:
        return {"fait": "partie"}
    return {"fait": "retiree", "annuler": undo_token(mine, gone)}


@on_binder
def restore(request: HttpRequest, mine: Binder) -> Done:
    """Put back what was taken out, where it was."""
    known = undone(request.POST.get("annuler", ""), mine)
    if known is None:
        return {"fait": "perdu"}
    binders.binder_restore(binder=mine, **known)
    item = mine.items.filter(resource=known["resource"]).order_by("pk").first()
    return {"fait": "remise", "fiche": item.pk if item else 0}


@on_binder
def move(request: HttpRequest, mine: Binder) -> Done:
    """Move a sheet: to the front, up, down, to the end."""
    way = request.POST.get("vers", "")
    item = _line(request)
    rank = binders.binder_move(binder=mine, item=item, move=Move(way)) if way in Move else None
    return {"fait": "deplacee", "fiche": item} if rank else {"fait": "partie"}


def _line(request: HttpRequest) -> int:
    """The key of the line that a form names; 0 for what is no key."""
    text = request.POST.get("ligne", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@on_binder
def rename(request: HttpRequest, mine: Binder) -> Done | HttpResponse:
    """Give the binder a name; one that is too long comes back as it was typed."""
    name = request.POST.get("nom", "")
    try:
        binders.binder_rename(binder=mine, name=name)
    except ValidationError:
        error = "Ce nom est trop long : 80 caractères au plus."
        return binder_page(request, status=422, name=name[:400], name_error=error)
    return {"fait": "nomme"}


@on_binder
def renew(request: HttpRequest, mine: Binder) -> Done:
    """Keep a binder without account for its whole time again."""
    binders.binder_renew(binder=mine)
    return {"fait": "garde"}


@on_binder
def share(request: HttpRequest, mine: Binder) -> Done:
    """Make the link that lets others read the binder."""
    binders.binder_share(binder=mine)
    return {"fait": "partage"}


@on_binder
def unshare(request: HttpRequest, mine: Binder) -> Done:
    """Close the link."""
    binders.binder_unshare(binder=mine)
    return {"fait": "ferme"}


@on_binder
def choose(request: HttpRequest, mine: Binder) -> Done:
    """Of several binders of an account, use this one."""
    binders.binder_choose(binder=mine)
    return {"fait": "ouvert"}


@on_binder
def delete(request: HttpRequest, mine: Binder) -> HttpResponse:
    """Erase the binder."""
    binder_holders.binder_delete(binder=mine)
    response = back({"fait": "supprime"})
    if mine.owner_id is None:
        forget_cookie(response)
    return response


@on_binder
def export(request: HttpRequest, mine: Binder) -> Done | HttpResponse:
    """Ask for the document; its own page tells how far it is."""
    kind = KINDS.get(request.POST.get("forme", ""), binder_files.PDF)
    letters = request.POST.get("lettres", "")
    form = Form(letters) if letters in Form else Form.STANDARD
    if wait := take(request, "binder.export", *EXPORTS):
        return answers.too_many(wait)
    asked = binder_files.binder_request(binder=mine, kind=kind, form=form, owner=request.user)
    return HttpResponseRedirect(export_address(asked)) if asked else {"fait": "sans"}


@changes
def start(request: HttpRequest) -> HttpResponse:
    """One more binder for an account."""
    if not request.user.is_authenticated:
        return back({"fait": "perdu"})
    try:
        binder_holders.binder_start_owned(owner=request.user, name=request.POST.get("nom", "")[:80])
    except ValidationError:
        return back({"fait": "trop"})
    return back({"fait": "nouveau"})
