"""« /ressources/ »: the list, its facets, its pages."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cops import counters
from cops.pagecache import cached_page
from resources.filters import FACETS
from resources.reading.listing import (
    PATH,
    PER_PAGE,
    Sort,
    asked_read,
    chips,
    facets_shown,
    listing,
    topic_labels,
)
from resources.reading.searched import matching_ids


@login_not_required
@cached_page(params=("q", *FACETS, "tri", "page"))
def library(request: HttpRequest) -> HttpResponse:
    """The resources that this reader may see, under the facets of the query string."""
    asked = asked_read(request.GET)
    team = getattr(request.user, "is_staff", False)
    found = listing(asked, team=team, ranked=matching_ids(asked.text) if asked.text else None)
    counts = found.counts()
    page = page_asked(counts.total, request.GET.get("page", ""))
    if asked.text and not counts.total and not asked.chosen:
        counters.miss(asked.text)
    context = {
        "crumbs": [("Accueil", "/"), ("Ressources", None)],
        "asked": asked,
        "facets": facets_shown(asked, counts),
        "chips": chips(asked),
        "unknown": asked.unknown,
        "total": counts.total,
        "cards": _cards(found.rows(limit=PER_PAGE, offset=max(0, page.start_index() - 1))),
        "page": page,
        "page_base": asked.address(),
        "canonical": settings.SITE_ORIGIN + _one_address(asked.address(), page.number),
        "sorts": [sort for sort in Sort if asked.text or sort != Sort.RELEVANCE],
        "feed_kind": _feed_kind(asked.chosen),
    }
    return render(request, "resources/list.html", context)


def page_asked(total: int, text: str) -> Page:
    """The page asked for: 1 when it is below 1 or no number, a 404 beyond the end."""
    paginator = Paginator(range(total), PER_PAGE)
    number = int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else 1
    if re.fullmatch(r"[0-9]{10,}", text) or number > paginator.num_pages:
        raise Http404
    return paginator.page(max(1, number))


def _one_address(address: str, number: int) -> str:
    """Filtered, a list says nothing that the whole list does not; each page of that one does."""
    return f"{PATH}?page={number}" if number > 1 and address == PATH else PATH


def _cards(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What each card says, in the plain values its template needs."""
    kinds = FACETS["genre"].labels
    return [
        {
            "kind": kinds[row["kind"]],
            "number": row["number"],
            "title": row["title"],
            "url": f"{PATH}{row['slug']}/",
            "summary": row["summary"],
            "topics": topic_labels(row["topics"]),
            "date": row["published_at"],
            "falc": row["falc"],
            "pdf_pages": row["pdf_pages"],
            "pdf_size": row["pdf_size"],
        }
        for row in rows
    ]


def _feed_kind(chosen: dict[str, list[str]]) -> str:
    """The feed to offer: the kind's own when the list shows a single one."""
    kinds = chosen.get("genre", [])
    return kinds[0] if len(kinds) == 1 else "tout"
