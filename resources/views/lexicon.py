"""The lexicon: its A–Z page, a term, and the short form of a term opened inside a text."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from cops import counters
from cops.pagecache import cached_page
from resources.enums import Basis, TermCategory
from resources.models import Term, TermRedirect
from resources.reading import lexicon_index
from resources.reading.citations import citation
from resources.reading.term_usage import uses_of

# What the search engine keeps of a query (architecture.md « Search »): the same here.
_QUERY_LENGTH = 200
_USES_SHOWN = 30
# Definitions that the team has yet to read again: the page says so.
_TO_REREAD = {Basis.GENERAL, Basis.EDITORIAL}


@login_not_required
@cached_page(params=("categorie",))
def lexicon(request: HttpRequest) -> HttpResponse:
    """Every public term A–Z, filtered by words and by category."""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:_QUERY_LENGTH]
    asked = list(dict.fromkeys(request.GET.getlist("categorie")))
    categories = [value for value in asked if value in TermCategory.values]
    index = lexicon_index.build(list(Term.objects.public()), text=text, categories=categories)
    return render(
        request,
        "resources/lexicon.html",
        {
            "crumbs": [("Accueil", "/"), ("Lexique", None)],
            "canonical": settings.SITE_ORIGIN + reverse("resources:lexicon"),
            "index": index,
            "q": text,
            "category": bool(categories),
            "filtered": bool(text or categories),
            "chips": _chips(text, categories),
            "unknown": [value[:40] for value in asked if value and value not in categories][:3],
        },
    )


def _count(request: HttpRequest, slug: str) -> None:
    if request.GET.get("extrait") != "1":
        counters.add("term.view", slug)


@login_not_required
@cached_page(params=("extrait",), count=_count)
def term(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a term; with ``?extrait=1`` the few lines shown inside a text."""
    found = Term.objects.public().filter(slug=slug).first()
    if found is None:
        return _moved(request, slug)
    if request.GET.get("extrait") == "1":
        response = render(request, "resources/_term_extract.html", {"term": found})
        response["X-Robots-Tag"] = "noindex"
        return response
    return render(request, "resources/term.html", _page(found))


def _page(found: Term) -> dict[str, object]:
    uses = uses_of(found)
    lexicon_address = reverse("resources:lexicon")
    return {
        "crumbs": [("Accueil", "/"), ("Lexique", lexicon_address), (found.term, None)],
        "canonical": settings.SITE_ORIGIN + found.get_absolute_url(),
        "term": found,
        "excerpt": lexicon_index.excerpt(found.definition),
        "synonyms": lexicon_index.said_too(found),
        "see_also": list(found.see_also.public().only("slug", "term", "acronym", "sort_key")),
        "sources": [citation(reference) for reference in found.sources.all()],
        "uses": uses[:_USES_SHOWN],
        "more": max(0, len(uses) - _USES_SHOWN),
        "to_reread": found.basis in _TO_REREAD,
    }


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    former = TermRedirect.objects.filter(slug=slug, term__archived_at__isnull=True)
    address = former.select_related("term").first()
    if address is None:
        raise Http404("Ce mot n’est pas (ou n’est plus) dans le lexique.")
    query = request.GET.urlencode()
    return HttpResponsePermanentRedirect(
        address.term.get_absolute_url() + (f"?{query}" if query else "")
    )


def _chips(text: str, categories: list[str]) -> list[dict[str, str]]:
    """The active filters, each with the address of the page without it."""

    def without(name: str, value: str) -> str:
        pairs = [("q", text)] if text else []
        pairs += [("categorie", category) for category in categories]
        query = urlencode([pair for pair in pairs if pair != (name, value)])
        return reverse("resources:lexicon") + (f"?{query}" if query else "")

    chips = [{"label": f"Mot : {text}", "url": without("q", text)}] if text else []
    return chips + [
        {"label": str(TermCategory(value).label), "url": without("categorie", value)}
        for value in categories
    ]
