"""« /recherche/ » and the suggestions while typing."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from cops import counters
from cops.formats import NBSP, count_fr, typography
from cops.pagecache import cached_page
from cops.search.facets import GENRE, THEME, Choices, chips, choices_read, facets_shown
from cops.search.finder import Results, find
from cops.search.question import shown_again
from cops.search.suggestions import suggest

EXAMPLES = ("patient expert", "animer un groupe de travail", "ETP")


def _count(request: HttpRequest) -> None:
    if request.GET.get("q", "").strip():
        counters.add("search.page")


@login_not_required
@cached_page(params=("q", GENRE, THEME, "page"), count=_count)
def results(request: HttpRequest) -> HttpResponse:
    """One page of results; without words, what one may search."""
    text = request.GET.get("q", "")
    choices = choices_read(request.GET, path=reverse("search:results"), text=shown_again(text))
    number = _number(request.GET.get("page", ""))
    found = find(
        text, kinds=choices.chosen.get(GENRE, ()), topics=choices.chosen.get(THEME, ()), page=number
    )
    page = _page(found, number)
    context = _context(found, choices) | {"page": page}
    response = render(request, "cops/search/results.html", context)
    if found.missed:
        if not choices.active and number == 1:
            counters.miss(found.question.text)
        # Kept in memory, it would be counted once and never again.
        response["Cache-Control"] = "no-store"
    return response


@login_not_required
@cached_page(params=("q",))
def suggestions(request: HttpRequest) -> HttpResponse:
    """At most eight suggestions, as JSON: title, kind, url, and the other name that matched."""
    found = suggest(request.GET.get("q", ""))
    return JsonResponse(
        {
            "suggestions": [
                {"title": one.title, "kind": one.kind, "url": one.url, "alias": one.alias}
                for one in found
            ]
        }
    )


def _number(text: str) -> int:
    """The page asked for: 1 when it is below 1 or no number."""
    if re.fullmatch(r"[0-9]{10,}", text):
        raise Http404
    return max(1, int(text)) if re.fullmatch(r"-?[0-9]{1,9}", text) else 1


def _page(found: Results, number: int) -> Page:
    """The page for the pagination; a 404 beyond the end. Its rows were already found."""
    if number > found.pages:
        raise Http404
    return Paginator(range(found.total), found.per_page).page(number)


def _context(found: Results, choices: Choices) -> dict[str, Any]:
    shown = found.question.shown
    nothing = bool(found.question.exact) and not found.total
    return {
        "crumbs": [("Accueil", "/"), ("Recherche", None)],
        "query": shown,
        "heading": _heading(found, filtered=choices.active),
        "found": found,
        "facets": facets_shown(choices, {GENRE: found.kinds, THEME: found.topics}),
        "choices": choices,
        "chips": chips(choices),
        "page_base": choices.address(),
        "examples": [(text, choices.address(text=text)) for text in EXAMPLES],
        "nearby": [(word, choices.address(text=word)) for word in found.nearby],
        "neighbours": suggest(shown, most=5) if nothing and not choices.active else [],
        "added": [other.replace('"', "") for other in found.question.alternatives]
        if found.total > found.exact and not found.relaxed
        else [],
    }


def _heading(found: Results, *, filtered: bool) -> str:
    """The h1, which is the page's title too."""
    if not found.question.shown:
        return "Rechercher sur le site"
    words = f"«{NBSP}{found.corrected or found.question.shown}{NBSP}»"
    if found.relaxed and found.total:
        return f"Aucune page ne contient tous les mots de {words}"
    if not found.total:
        return f"Aucun résultat pour {words}{' avec ces filtres' if filtered else ''}"
    return typography(f"{count_fr(found.total, 'résultat,résultats')} pour {words}")
