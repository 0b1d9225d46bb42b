"""Every link that a reader meets in the library, with the page where the team corrects it."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from cops.links import Use
from cops.links.gathering import hrefs
from resources.models import ExternalMedia, PracticeStep, Reference, Resource, Section

_LANES = ("partner_html", "professional_html", "actions_html")


def links_used() -> Iterator[Use]:
    """Texts, films and references of what is on view."""
    yield from _texts()
    yield from _steps()
    yield from _media()
    yield from _references()


def _texts() -> Iterator[Use]:
    rows = (
        Section.objects.filter(resource__in=Resource.objects.public(), source_html__contains="<a ")
        .order_by("resource", "variant", "position", "pk")
        .values_list(
            "resource__slug", "resource__title", "variant", "anchor", "title", "source_html"
        )
    )
    for slug, sheet, variant, anchor, title, html in rows.iterator():
        page = _page(slug, variant)
        edit = reverse("resources:desk_section", args=[slug, variant, anchor])
        for url in hrefs(html, page=page):
            yield Use(url, f"{sheet}, « {title} »", f"{page}#{anchor}", edit)


def _steps() -> Iterator[Use]:
    public = Resource.objects.public()
    rows = PracticeStep.objects.filter(path__section__resource__in=public).order_by("pk")
    own = ("slug", "title")
    names = [f"path__section__resource__{name}" for name in own]
    names += ["path__section__variant", "path__section__anchor", "number", *_LANES]
    for slug, sheet, variant, anchor, number, *lanes in rows.values_list(*names).iterator():
        page = _page(slug, variant)
        edit = reverse("resources:desk_step", args=[slug, variant, anchor, number])
        for html in lanes:
            for url in hrefs(html, page=page):
                yield Use(url, f"{sheet}, étape {number}", f"{page}#{anchor}", edit)


def _media() -> Iterator[Use]:
    rows = ExternalMedia.objects.filter(resource__in=Resource.objects.public()).order_by("pk")
    names = ("resource__slug", "resource__title", "resource_id", "title", "url", "transcript_html")
    for slug, sheet, pk, title, url, html in rows.values_list(*names).iterator():
        page = _page(slug, "")
        edit = reverse("admin:resources_resource_change", args=[pk])
        for found in (url, *hrefs(html, page=page)):
            yield Use(found, f"{sheet}, média « {title} »", page, edit)


def _references() -> Iterator[Use]:
    """A reference is read where a sheet lists it, or a term rests on it."""
    shown = Reference.objects.exclude(url="").order_by("pk")
    sheets = Resource.objects.public()
    listed = dict(
        shown.filter(listed_in__resource__in=sheets)
        .order_by("pk", "listed_in__resource__slug")
        .values_list("pk", "listed_in__resource__slug")
    )
    defining = dict(
        shown.filter(defines__isnull=False, defines__archived_at__isnull=True)
        .order_by("pk", "defines__slug")
        .values_list("pk", "defines__slug")
    )
    for pk, title, url in shown.values_list("pk", "title", "url").iterator():
        if pk in listed:
            page = _page(listed[pk], "") + "#references"
        elif pk in defining:
            page = reverse("resources:term", args=[defining[pk]])
        else:
            continue
        yield Use(url, f"Référence « {title} »", page,
                  reverse("admin:resources_reference_change", args=[pk]))  # fmt: skip


def _page(slug: str, variant: str) -> str:
    return reverse("resources:falc" if variant == "falc" else "resources:detail", args=[slug])
