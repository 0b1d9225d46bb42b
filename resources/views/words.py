"""« Il manque un mot ? »: what a reader did not find in the lexicon.

The page is made anew for each, yet holds no token: a visitor who asks gets no cookie for it.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from cops.formats import one_line
from cops.http import answers
from cops.http.addresses import address
from cops.http.honeypot import is_trapped
from cops.http.limits import Limit, take
from cops.http.methods import require_safe
from cops.http.origins import same_origin_post
from resources.forms import WordForm
from resources.models import Term, WordRequest
from resources.services.word_requests import term_named, word_request_add

LIMITS = (Limit(10, seconds=3_600), Limit(40, seconds=86_400))


@login_not_required
@require_safe
def word_missing(request: HttpRequest) -> HttpResponse:
    """The form, with the word one was looking for (``?mot=``); the thanks (``?recu=1``)."""
    if request.GET.get("recu") == "1":
        return _page(request, "resources/word_thanks.html", {})
    word = one_line(request.GET.get("mot", ""))[: WordRequest.WORD_LENGTH]
    return _form(request, WordForm(initial={"mot": word}), known=term_named(word))


@login_not_required
@same_origin_post
def word_send(request: HttpRequest) -> HttpResponse:
    """Keeps the word; one that the lexicon has is shown first, and may still be sent."""
    form = WordForm(request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    asked = form.cleaned_data
    if not is_trapped(request):
        known = term_named(asked["mot"])
        if known is not None and request.POST.get("quand-meme") != str(known.pk):
            return _form(request, form, known=known)
        if wait := take(request, "missing-word", *LIMITS):
            form.add_error(None, f"Beaucoup de mots arrivent : attendez {answers.wait_fr(wait)}.")
            response = _form(request, form, status=429)
            response["Retry-After"] = str(wait)
            return response
        word_request_add(word=asked["mot"], context=asked["contexte"], email=asked["courriel"])
    response = HttpResponseRedirect(address("resources:word_missing") + "?recu=1")
    response.status_code = 303
    return response


def _form(
    request: HttpRequest, form: WordForm, *, known: Term | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "known": known, "sent": form.is_bound}
    return _page(request, "resources/word_missing.html", context, status=status)


def _page(
    request: HttpRequest, template: str, context: Mapping[str, object], *, status: int = 200
) -> HttpResponse:
    crumbs = [
        ("Accueil", "/"),
        ("Lexique", address("resources:lexicon")),
        ("Il manque un mot ?", None),
    ]
    response = render(request, template, {**context, "crumbs": crumbs}, status=status)
    response["Cache-Control"] = "no-store"
    return response
