"""« Mes auto-évaluations »: what one chooses to keep in one's account, and how to take it out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cops.accounts.perms import person_of
from cops.http.addresses import address
from cops.http.methods import require_safe
from selfassess.models import Assessment, Participant
from selfassess.reading.kept import kept_by, kept_line
from selfassess.services.assessments import Gone
from selfassess.services.kept import place_keep, place_remove
from selfassess.views.places import Place, manager_only, mine_only

PER_PAGE = 20
# In the session, from the button of one who is not signed in yet to their account: which place
# waits. By its number: the session never holds a link.
WAITING = "selfassess.to_keep"


@mine_only
@require_POST
def keep_mine(request: HttpRequest, place: Place) -> HttpResponseBase:
    """« Garder dans mon compte », for a participant's place."""
    return _keep(request, place.assessment, place.me)


@manager_only
@require_POST
def keep_opener(
    request: HttpRequest, assessment: Assessment, code: str, jeton: str
) -> HttpResponseBase:
    """The same for the opener's page."""
    return _keep(request, assessment, None)


def _keep(request: HttpRequest, assessment: Assessment, me: Participant | None) -> HttpResponseBase:
    if request.user.is_authenticated:
        place_keep(owner=request.user, assessment=assessment, participant=me)
        messages.success(request, "Cette auto-évaluation est gardée dans votre compte.")
        return redirect("selfassess:kept")
    request.session[WAITING] = [assessment.pk, me.pk if me else None]
    return redirect_to_login(address("selfassess:kept"))


@never_cache
@require_safe
def kept(request: HttpRequest) -> HttpResponseBase:
    """What this account keeps, and what waits to be kept since one was not signed in."""
    paginator = Paginator(kept_by(person_of(request)), PER_PAGE)
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    if max(number, 1) > paginator.num_pages:
        raise Http404
    page = paginator.page(max(number, 1))
    waiting = _waiting(request)
    return render(
        request,
        "selfassess/kept.html",
        {
            "page": page,
            "page_base": address("selfassess:kept"),
            "lines": [kept_line(row) for row in page.object_list],
            "waiting": waiting[0].title if waiting else "",
        },
    )


@never_cache
@require_POST
def keep_waiting(request: HttpRequest) -> HttpResponseBase:
    """Keep the place that waited for the sign-in."""
    waiting = _waiting(request)
    request.session.pop(WAITING, None)
    try:
        if waiting is None:
            raise Gone
        if request.POST.get("non") is None:
            place_keep(owner=person_of(request), assessment=waiting[0], participant=waiting[1])
            messages.success(request, "Cette auto-évaluation est gardée dans votre compte.")
    except Gone:
        messages.error(request, "Cette auto-évaluation n’existe plus : rien n’a été gardé.")
    return redirect("selfassess:kept")


def _waiting(request: HttpRequest) -> tuple[Assessment, Participant | None] | None:
    found: Any = request.session.get(WAITING)
    if not found:
        return None
    assessment = Assessment.objects.select_related("version__grid").filter(pk=found[0]).first()
    if assessment is None:
        return None
    if found[1] is None:
        return assessment, None
    me = assessment.participants.filter(pk=found[1]).first()
    return (assessment, me) if me else None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Take it out of the account, after a page that says what stays."""
    owner = person_of(request)
    row = kept_by(owner).filter(public_id=public_id).first()
    if request.method == "POST":
        # Twice, it is out all the same.
        place_remove(owner=owner, public_id=public_id)
        messages.success(request, "Elle n’est plus dans votre compte.")
        return redirect("selfassess:kept")
    if row is None:
        raise Http404
    return render(request, "selfassess/kept_remove.html", {"line": kept_line(row)})
