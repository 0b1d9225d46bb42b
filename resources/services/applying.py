"""From a content back to the rows that the public reads: the one way a text gets there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from resources.enums import SectionKind
from resources.models import (
    ExternalMedia,
    PracticePath,
    PracticeStep,
    Reference,
    Resource,
    ResourceReference,
    ResourceRelation,
    ResourceTerm,
    Section,
    Term,
)
from resources.services.cleaning import html_clean
from resources.services.contents import Content, key_of
from resources.services.rendering import sections_render
from resources.services.snapshots import DATES, FIELDS

_LANES = ("partner", "professional", "actions")


@transaction.atomic
def content_apply(*, resource: Resource, content: Content) -> Resource:
    """Bring the rows of a resource to a content. Its address, state and files stay.

    Whatever the content names and is no more (a word, a reference, another resource) is
    left out. The caller publishes. Raises ValidationError, by field where it can.
    """
    fields_apply(resource, content)
    resource.full_clean(exclude=["sort_key", "status"])
    resource.save()
    _sections(resource, content["sections"])
    _links(resource, content)
    return resource


def fields_apply(resource: Resource, content: Mapping[str, Any]) -> Resource:
    """Set the fields of a resource from a content; saves nothing."""
    for name in FIELDS:
        if name != "slug" and name in content:
            setattr(resource, name, content[name])
    for name in DATES:
        value = content.get(name)
        setattr(resource, name, date.fromisoformat(value) if value else None)
    return resource


def _sections(resource: Resource, wanted: list[dict[str, Any]]) -> None:
    present = {(row.variant, row.anchor): row for row in resource.sections.all()}
    kept = {key_of(section) for section in wanted}
    gone = [row.pk for key, row in present.items() if key not in kept]
    Section.objects.filter(pk__in=gone).delete()
    saved = []
    for position, words in enumerate(wanted):
        row = present.get(key_of(words)) or Section(
            resource=resource, variant=words["variant"], anchor=words["anchor"]
        )
        row.position, row.title, row.level = position, words["title"], words["level"]
        row.kind, row.source_html = words["kind"], html_clean(words["source"])
        row.full_clean(exclude=["resource"])
        row.save()
        _path(row, words)
        saved.append(row)
    sections_render(saved)


def _path(section: Section, words: Mapping[str, Any]) -> None:
    path = words.get("path")
    if words["kind"] != SectionKind.PATH or not path:
        PracticePath.objects.filter(section=section).delete()
        return
    row, _ = PracticePath.objects.update_or_create(
        section=section, defaults={"title": path["title"] or section.title}
    )
    row.steps.all().delete()
    PracticeStep.objects.bulk_create(
        PracticeStep(
            path=row,
            number=number,
            title=step["title"],
            partner_label=step["partner_label"],
            professional_label=step["professional_label"],
            **{f"{lane}_html": html_clean(step["source"].get(lane, "")) for lane in _LANES},
        )
        for number, step in enumerate(path["steps"], start=1)
    )


def _links(resource: Resource, content: Content) -> None:
    terms = dict(
        Term.objects.filter(slug__in=[row["slug"] for row in content["terms"]])
        .order_by("pk")
        .values_list("slug", "pk")
    )
    _replace(
        ResourceTerm,
        {"resource": resource},
        [{"term_id": terms[row["slug"]]} for row in content["terms"] if row["slug"] in terms],
    )
    references = dict(
        Reference.objects.filter(key__in=[row["key"] for row in content["references"]])
        .order_by("pk")
        .values_list("key", "pk")
    )
    _replace(
        ResourceReference,
        {"resource": resource},
        [
            {"reference_id": references[row["key"]]}
            for row in content["references"]
            if row["key"] in references
        ],
    )
    targets = dict(
        Resource.objects.filter(slug__in=[row["slug"] for row in content["relations"]])
        .exclude(pk=resource.pk)
        .order_by("pk")
        .values_list("slug", "pk")
    )
    _replace(
        ResourceRelation,
        {"source": resource},
        [
            {"target_id": targets[row["slug"]], "role": row["role"]}
            for row in content["relations"]
            if row["slug"] in targets
        ],
    )
    _replace(ExternalMedia, {"resource": resource}, content["media"])


def _replace(
    model: type[models.Model], owner: Mapping[str, Resource], rows: Iterable[Mapping[str, Any]]
) -> None:
    """The ordered rows of an owner, written anew only where they differ."""
    wanted = list(rows)
    manager = model._default_manager
    columns = list(wanted[0]) if wanted else []
    present = manager.filter(**owner).order_by("position", "pk")
    if wanted and list(present.values(*columns)) == wanted:
        return
    present.delete()
    made = [model(position=position, **owner, **row) for position, row in enumerate(wanted)]
    for row in made:
        try:
            row.clean_fields()
        except ValidationError as error:
            raise ValidationError(error.messages) from error
    manager.bulk_create(made)
