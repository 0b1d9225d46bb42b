"""« Cette fiche vous a-t-elle été utile ? »: one press, then words if one wishes.

The question stands on pages kept in memory: its forms hold no token, their origin is checked.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from cops.http import answers
from cops.http.addresses import address
from cops.http.honeypot import is_trapped
from cops.http.limits import Limit, take
from cops.http.methods import require_safe
from cops.http.origins import same_origin_post
from resources.enums import Useful, Variant
from resources.forms import RemarkForm
from resources.models import Resource
from resources.services.feedback import remark_add, vote_add
from resources.views.sheet import moved_or_404

HOUR, DAY = 3_600, 86_400
# A whole hospital is one network, and thirty people may answer in one training session.
VOTES_ON_ONE = (Limit(60, seconds=HOUR),)
VOTES = (Limit(200, seconds=HOUR), Limit(1_000, seconds=DAY))
WORDS = (Limit(20, seconds=HOUR), Limit(60, seconds=DAY))

# « 1 », for a day, sent back to this sheet's question alone: the same for everybody, it lets a
# second press of one browser count for nothing.
VOTED = "avis-donne"
DONE = "merci"


@login_not_required
@require_safe
def useful(request: HttpRequest, slug: str) -> HttpResponse:
    """The question by itself; with ``?recu=oui`` the thanks, with room for words."""
    resource = Resource.objects.public().filter(slug=slug).first()
    if resource is None:
        return moved_or_404(request, slug, "resources:useful")
    easy = request.GET.get("version") == Variant.FALC
    return _show(request, resource, request.GET.get("recu", ""), easy=easy)


@login_not_required
@same_origin_post
def useful_vote(request: HttpRequest, slug: str) -> HttpResponse:
    """Counts one answer, then says thank you."""
    resource, easy = _public(slug), request.POST.get("version") == Variant.FALC
    given = request.POST.get("avis", "")
    if given not in Useful.values:
        return _show(request, resource, "", easy=easy, status=422)
    if not is_trapped(request) and VOTED not in request.COOKIES:
        wait = take(request, "vote", *VOTES_ON_ONE, key=slug) or take(request, "vote", *VOTES)
        if wait:
            return answers.too_many(wait)
        vote_add(slug=slug, useful=Useful(given))
    response = _to(resource, given, easy=easy)
    response.set_cookie(
        VOTED, "1", max_age=DAY, path=address("resources:useful", slug), httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@login_not_required
@same_origin_post
def useful_words(request: HttpRequest, slug: str) -> HttpResponse:
    """Keeps the words that go with an answer."""
    resource, easy = _public(slug), request.POST.get("version") == Variant.FALC
    given = request.POST.get("avis", "")
    if given not in Useful.values:
        return _show(request, resource, "", easy=easy, status=422)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _show(request, resource, given, easy=easy, form=form, status=422)
    words = form.cleaned_data["mots"]
    if not words or is_trapped(request):
        return _to(resource, DONE, easy=easy)
    if wait := take(request, "useful-words", *WORDS):
        form.add_error(None, f"Beaucoup d’avis arrivent : attendez {answers.wait_fr(wait)}.")
        response = _show(request, resource, given, easy=easy, form=form, status=429)
        response["Retry-After"] = str(wait)
        return response
    remark_add(resource=resource, useful=Useful(given), text=words)
    return _to(resource, DONE, easy=easy)


def _public(slug: str) -> Resource:
    resource = Resource.objects.public().filter(slug=slug).first()
    if resource is None:
        raise Http404
    return resource


def _to(resource: Resource, given: str, *, easy: bool) -> HttpResponseRedirect:
    query = f"?recu={given}&version={Variant.FALC.value}" if easy else f"?recu={given}"
    response = HttpResponseRedirect(address("resources:useful", resource.slug) + query)
    response.status_code = 303  # a reload of what follows sends nothing again
    return response


def _show(
    request: HttpRequest,
    resource: Resource,
    given: str,
    *,
    easy: bool,
    form: RemarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    known = given in Useful.values
    page = address("resources:falc", resource.slug) if easy else resource.get_absolute_url()
    context: dict[str, Any] = {
        "resource": resource,
        "page": page,
        "easy": easy,
        "step": "words" if known else DONE if given == DONE else "question",
        "wrong": status == 422 and form is None,
        "form": form or (RemarkForm(initial={"avis": given}) if known else None),
        "crumbs": [
            ("Accueil", "/"),
            ("Ressources", address("resources:list")),
            (resource.title, page),
            ("Votre avis", None),
        ],
    }
    response = render(request, "resources/useful.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
