"""The page of one resource and of its easy-to-read version."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from cops import counters
from cops.http.addresses import address
from cops.pagecache import cached_page
from resources.enums import Kind, Variant
from resources.models import PreparedDocument, Resource, ResourceRedirect
from resources.reading.experience import bearer_of
from resources.reading.facts import facts_shown
from resources.reading.links import linked_targets
from resources.reading.listing import topic_labels
from resources.reading.mission import identity
from resources.reading.sheet import Sheet, sheet_read


def _count_sheet(request: HttpRequest, slug: str) -> None:
    counters.add("resource.view", slug)


def _count_falc(request: HttpRequest, slug: str) -> None:
    counters.add("resource.falc", slug)


@login_not_required
@cached_page(params=("v",), count=_count_sheet)
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The sheet; ``?v=`` tells which printed version led here."""
    sheet = sheet_read(slug, request.user)
    if sheet is None:
        return moved_or_404(request, slug, "resources:detail")
    return render(
        request,
        "resources/detail.html",
        {
            **_context(sheet, "resources:detail"),
            "printed": _older(request.GET.get("v", ""), sheet.version),
            "identity": identity(sheet.resource, _anchors(sheet)) if _is_mission(sheet) else [],
            "facts": facts_shown(sheet.resource.facts),
            "linked": linked_targets(sheet.resource, sheet.lists["linked_rows"]),
            "bearer": bearer_of(sheet.resource),
        },
    )


@login_not_required
@cached_page(params=("v",), count=_count_falc)
def falc(request: HttpRequest, slug: str) -> HttpResponse:
    """The easy-to-read version of a sheet; 404 when nobody has written it."""
    sheet = sheet_read(slug, request.user, Variant.FALC)
    if sheet is None:
        return moved_or_404(request, slug, "resources:falc")
    if not sheet.has_falc:
        raise Http404
    context = _context(sheet, "resources:falc")
    context["printed"] = _older(request.GET.get("v", ""), sheet.version)
    return render(request, "resources/falc.html", context)


def moved_or_404(request: HttpRequest, slug: str, route: str, *rest: str) -> HttpResponse:
    """301 to the present address of a resource that was here, when this reader may see it."""
    former = (
        ResourceRedirect.objects.filter(
            slug=slug, resource__in=Resource.objects.visible_to(request.user)
        )
        .values_list("resource__slug", flat=True)
        .first()
    )
    if former is None:
        raise Http404
    query = request.META.get("QUERY_STRING", "")
    target = address(route, former, *rest)
    return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)


def _context(sheet: Sheet, route: str) -> dict[str, Any]:
    resource = sheet.resource
    place = settings.SITE_ORIGIN + address(route, resource.slug)
    crumbs: list[tuple[str, str | None]] = [
        ("Accueil", "/"),
        ("Ressources", address("resources:list")),
    ]
    if route == "resources:falc":
        crumbs.append((resource.title, resource.get_absolute_url()))
        crumbs.append(("En facile à lire", None))
    else:
        crumbs.append((resource.title, None))
    return {
        "crumbs": crumbs,
        "sheet": sheet,
        "resource": resource,
        "canonical": place,
        "topics": [(label, code) for code in resource.topics for label in topic_labels([code])],
        "files": _files(sheet),
        "versions": _versions(sheet),
        "article": _article(sheet, place),
        "asks": resource.is_public,
    }


def _versions(sheet: Sheet) -> list[tuple[str, str, bool]]:
    """The switch between the text and its easy-to-read version, when there is one."""
    if not sheet.has_falc:
        return []
    easy = sheet.variant == Variant.FALC
    return [
        ("Texte de la fiche", sheet.resource.get_absolute_url(), not easy),
        ("Facile à lire", address("resources:falc", sheet.resource.slug), easy),
    ]


def _files(sheet: Sheet) -> list[dict[str, Any]]:
    """The PDFs to offer, each with its pages and size once it has been made."""
    form, slug = PreparedDocument.Form, sheet.resource.slug
    pdf = ("Télécharger la fiche", address("resources:pdf", slug), form.STANDARD)
    large = ("Gros caractères", address("resources:pdf_form", slug, form.LARGE), form.LARGE)
    easy = ("Facile à lire", address("resources:pdf_form", slug, form.FALC), form.FALC)
    if sheet.variant == Variant.FALC:
        offered = [("Télécharger en facile à lire", *easy[1:]), pdf]
    else:
        offered = [pdf, large, *([easy] if sheet.has_falc else [])]
    files: list[dict[str, Any]] = []
    for label, url, kind in offered:
        made = sheet.prepared(kind) or {}
        facts = {"pages": made.get("pages"), "size": made.get("size")}
        files.append({"label": label, "url": url, **facts, "look": "" if files else "btn"})
    return files


def _older(text: str, present: int) -> int | None:
    """The printed version that led here, when a more recent one exists."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    return number if 0 < number < present else None


def _is_mission(sheet: Sheet) -> bool:
    return sheet.resource.kind == Kind.MISSION


def _anchors(sheet: Sheet) -> list[str]:
    return [chapter.anchor for chapter in sheet.chapters]


def _article(sheet: Sheet, place: str) -> SafeString:
    """schema.org Article, as JSON safe inside a script element: a data block, never run."""
    resource = sheet.resource
    facts = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": resource.title,
        "description": resource.summary,
        "url": place,
        "inLanguage": "fr",
        "datePublished": resource.published_at.isoformat() if resource.published_at else None,
        "dateModified": sheet.updated_on.isoformat() if sheet.updated_on else None,
        "version": sheet.version,
        "isAccessibleForFree": True,
        "about": topic_labels(resource.topics),
        "publisher": {"@type": "Organization", "name": settings.SITE["owner"]},
    }
    text = json.dumps({k: v for k, v in facts.items() if v is not None}, ensure_ascii=False)
    for character, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(character, escaped)
    return mark_safe(text)  # noqa: S308 - nothing left that could close the element
