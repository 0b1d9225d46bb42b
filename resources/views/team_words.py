"""The words that readers miss in the lexicon, and the team's answers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cops.accounts.perms import team_required
from cops.http.addresses import address
from cops.http.methods import require_safe
from resources.enums import WordState
from resources.forms import WordAddForm, WordDeclineForm, WordKnownForm
from resources.models import WordRequest
from resources.reading.paging import page_of
from resources.services.word_requests import (
    term_named,
    word_request_add_term,
    word_request_decline,
    word_request_point,
)
from resources.views.team_remarks import DESK_CRUMBS

PER_PAGE = 40
ADD, KNOWN, DECLINE = "ajoute", "existe", "non-retenu"


@require_safe
@team_required
def words(request: HttpRequest) -> HttpResponse:
    """The words to answer, the oldest first; ``?etat=tous`` for all, the latest first."""
    everything = request.GET.get("etat") == "tous"
    rows = WordRequest.objects.select_related("term")
    if everything:
        rows = rows.order_by("-received_on", "-pk")
    else:
        rows = rows.filter(state=WordState.RECEIVED).order_by("received_on", "pk")
    base = address("resources:team_words")
    context = {
        "page": page_of(rows, request.GET.get("page", ""), per_page=PER_PAGE),
        "page_base": f"{base}?etat=tous" if everything else base,
        "crumbs": [*DESK_CRUMBS, ("Mots demandés", None)],
        "everything": everything,
    }
    return render(request, "resources/team/words.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@team_required
def word(request: HttpRequest, pk: int) -> HttpResponse:
    """One word: three ways to answer it."""
    asked = get_object_or_404(WordRequest.objects.select_related("term"), pk=pk)
    if request.method != "POST":
        return _show(request, asked, _forms(asked))
    way = request.POST.get("reponse", "")
    if way not in (ADD, KNOWN, DECLINE):
        return _show(request, asked, _forms(asked), status=422)
    sent = _forms(asked, way, request.POST)
    form = sent[way]
    if form.is_valid():
        try:
            return _answer(request, asked, way, form.cleaned_data)
        except ValidationError as error:
            for message in error.messages:
                form.add_error(None, message)
    return _show(request, asked, sent, wrong=form, status=422)


def _forms(asked: WordRequest, way: str = "", data: Any = None) -> dict[str, forms.Form]:
    known = term_named(asked.word)
    return {
        ADD: WordAddForm(data if way == ADD else None, prefix=ADD, initial={"word": asked.word}),
        KNOWN: WordKnownForm(data if way == KNOWN else None, prefix=KNOWN, initial={"term": known}),
        DECLINE: WordDeclineForm(data if way == DECLINE else None, prefix=DECLINE),
    }


def _answer(
    request: HttpRequest, asked: WordRequest, way: str, chosen: dict[str, Any]
) -> HttpResponse:
    told = " La personne reçoit la réponse par courriel." if asked.email else ""
    if way == ADD:
        term = word_request_add_term(request=asked, by=request.user, **chosen)
        messages.success(request, f"« {term.term} » attend sa relecture.{told}")
        return redirect(reverse("admin:resources_term_change", args=[term.pk]))
    if way == KNOWN:
        word_request_point(request=asked, term=chosen["term"], by=request.user)
    else:
        word_request_decline(request=asked, reason=chosen["reason"], by=request.user)
    messages.success(request, f"« {asked.word} » a sa réponse.{told}")
    return redirect("resources:team_words")


def _show(
    request: HttpRequest,
    asked: WordRequest,
    sent: dict[str, forms.Form],
    *,
    wrong: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "crumbs": [
            *DESK_CRUMBS,
            ("Mots demandés", address("resources:team_words")),
            (asked.word, None),
        ],
        "asked": asked,
        "wrong": wrong,
        "unsaid": status == 422 and wrong is None,
        "ways": [
            (ADD, "Ajouté", "Ouvre un terme à finir, qui n’est pas encore visible.", sent[ADD]),
            (KNOWN, "Existe déjà", "La réponse mène à ce terme.", sent[KNOWN]),
            (DECLINE, "Pas retenu", "Dites pourquoi, avec égards.", sent[DECLINE]),
        ],
    }
    return render(request, "resources/team/word.html", context, status=status)
