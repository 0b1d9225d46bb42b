"""What the loader writes and reads back of a resource, with all its parts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cops.content.reading import Item
from cops.content.sources import Lookup
from resources.enums import Variant
from resources.models import (
    Resource,
    ResourceReference,
    ResourceRelation,
    ResourceTerm,
    Section,
)
from resources.services.publishing import resource_gone, resource_loaded
from resources.services.rendering import matcher_make, sections_render
from resources.services.sections import SectionDraft, StepDraft, sections_replace

FIELDS = (
    "slug", "kind", "number", "title", "subtitle", "summary", "dimension", "topics", "audience",
    "audience_codes", "departments", "notice", "working_group", "contributors", "publishers",
    "methodology", "facts", "action", "partner_profiles", "places", "modalities", "training",
    "regulation", "skills", "grids", "workshops",
)  # fmt: skip
DATES = ("reviewed_on", "review_by")
STEP_FIELDS = tuple(StepDraft.__dataclass_fields__)
RELATED, PART = ResourceRelation.Role.RELATED, ResourceRelation.Role.PART


def resources_save(items: list[Item], lookup: Lookup) -> dict[str, int]:
    """All documents first, then what links them, then what is derived, then publication."""
    saved = {item.slug: _save(item, lookup("resources.resource", item.slug)) for item in items}

    def pk_of(slug: str) -> int | None:
        return saved[slug].pk if slug in saved else lookup("resources.resource", slug)

    for item in items:
        resource = saved[item.slug]
        _link(ResourceTerm, resource, "term_id", item.data["lexicon"], "resources.term", lookup)
        _link(
            ResourceReference, resource, "reference_id",
            item.data["references"], "resources.reference", lookup,
        )  # fmt: skip
        wanted = [(slug, RELATED) for slug in item.data["related"]]
        wanted += [(slug, PART) for slug in item.data["missions"]]
        resource.relations.all().delete()
        ResourceRelation.objects.bulk_create(
            ResourceRelation(source=resource, target_id=pk, role=role, position=position)
            for position, (slug, role) in enumerate(wanted)
            if (pk := pk_of(slug)) is not None
        )
    sections_render(
        Section.objects.filter(resource__in=saved.values()).order_by("pk"), matcher=matcher_make()
    )
    for resource in saved.values():
        resource_loaded(resource=resource)
    return {slug: resource.pk for slug, resource in saved.items()}


def _save(item: Item, pk: int | None) -> Resource:
    resource = Resource.objects.filter(pk=pk or 0).first() or Resource()
    for name in FIELDS:
        setattr(resource, name, item.data[name])
    for name in DATES:
        value = item.data[name]
        setattr(resource, name, date.fromisoformat(value) if value else None)
    resource.save()
    sections_replace(resource=resource, drafts=[_draft(row) for row in item.data["sections"]])
    easy = [_draft(row) for row in item.data.get("falc", [])]
    sections_replace(resource=resource, drafts=easy, variant=Variant.FALC)
    return resource


def _draft(row: dict[str, Any]) -> SectionDraft:
    path = row["path"] or {"title": "", "steps": []}
    return SectionDraft(
        title=row["title"],
        source_html=row["source_html"],
        level=row["level"],
        kind=row["kind"],
        path_title=path["title"],
        steps=[StepDraft(**step) for step in path["steps"]],
    )


def _link(
    model: Any, resource: Resource, column: str, slugs: list[str], source: str, lookup: Lookup
) -> None:
    model.objects.filter(resource=resource).delete()
    model.objects.bulk_create(
        model(resource=resource, position=position, **{column: pk})
        for position, slug in enumerate(slugs)
        if (pk := lookup(source, slug)) is not None
    )


def resources_state(pks: Iterable[int]) -> dict[int, Any]:
    found = Resource.objects.filter(pk__in=list(pks)).prefetch_related(
        "sections__path__steps", "listed_terms", "listed_references", "relations"
    )
    return {resource.pk: _state(resource) for resource in found}


def _state(resource: Resource) -> dict[str, Any]:
    return {name: getattr(resource, name) for name in FIELDS} | {
        "dates": [str(getattr(resource, name)) for name in DATES],
        "status": resource.status,
        "withdrawn": str(resource.withdrawn_at),
        "falc_reviewed_on": str(resource.falc_reviewed_on),
        "terms": [row.term_id for row in resource.listed_terms.all()],
        "references": [row.reference_id for row in resource.listed_references.all()],
        "relations": [[row.target_id, row.role] for row in resource.relations.all()],
        "sections": [_section_state(section) for section in resource.sections.all()],
    }


def _section_state(section: Section) -> list[Any]:
    path = getattr(section, "path", None)
    steps = path.steps.all() if path else []
    return [
        section.variant,
        section.level,
        section.kind,
        section.title,
        section.source_html,
        path.title if path else "",
        [[getattr(step, name) for name in STEP_FIELDS] for step in steps],
    ]


def resources_find(slugs: Iterable[str]) -> dict[str, int]:
    return dict(Resource.objects.filter(slug__in=list(slugs)).values_list("slug", "pk"))


def resources_archive(pks: list[int]) -> None:
    for resource in Resource.objects.filter(pk__in=pks).order_by("pk"):
        resource_gone(resource=resource)
