"""« /ressources/ »: the list, its facets, its pages."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cops import counters
from cops.pagecache import cached_page
from resources.enums import Kind
from resources.filters import LibraryFilter
from resources.listing import Sort, asked_read, chips, facets_shown, listing, topic_labels
from resources.models import Resource
from resources.searched import matching_ids

_PARAMS = ("q", *LibraryFilter.base_filters, "tri", "page")


@login_not_required
@cached_page(params=_PARAMS)
def library(request: HttpRequest) -> HttpResponse:
    """The resources that this reader may see, under the facets of the query string."""
    asked, filters = asked_read(request.GET)
    base = Resource.objects.visible_to(request.user)
    ranked = matching_ids(asked.text) if asked.text else []
    if asked.text:
        base = base.filter(pk__in=ranked)
    counts, paginator = listing(base, asked, filters, ranked)
    page = page_asked(paginator, request.GET.get("page", ""))
    if asked.text and not counts.total and not asked.chosen:
        counters.miss(asked.text)
    context = {
        "crumbs": [("Accueil", "/"), ("Ressources", None)],
        "asked": asked,
        "facets": facets_shown(filters, asked, counts),
        "chips": chips(asked),
        "unknown": asked.unknown,
        "total": counts.total,
        "cards": [_card(row) for row in page],
        "page": page,
        "page_base": asked.address(),
        "sorts": [sort for sort in Sort if asked.text or sort != Sort.RELEVANCE],
        "feed_kind": _feed_kind(asked.chosen),
    }
    return render(request, "resources/list.html", context)


def page_asked(paginator: Paginator, text: str) -> Page:
    """The page asked for: 1 when it is below 1 or no number, a 404 beyond the end."""
    number = int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else 1
    if re.fullmatch(r"[0-9]{10,}", text) or number > paginator.num_pages:
        raise Http404
    return paginator.page(max(1, number))


def _card(row: Resource) -> dict[str, Any]:
    """What one card says, in the plain values its template needs."""
    return {
        "kind": row.get_kind_display(),
        "number": row.number,
        "title": row.title,
        "url": row.get_absolute_url(),
        "summary": row.summary,
        "topics": topic_labels(row.topics),
        "date": row.published_at,
        "falc": row.falc,
        "pdf_pages": row.pdf_pages,
        "pdf_size": row.pdf_size,
    }


def _feed_kind(chosen: dict[str, list[str]]) -> str:
    """The feed to offer: the kind's own when the list shows a single one."""
    kinds = chosen.get("genre", [])
    return Kind(kinds[0]).value if len(kinds) == 1 else "tout"
