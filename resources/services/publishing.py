"""The life of a resource: what each service may do is in resources.enums.TRANSITIONS."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cops.background import dispatch
from cops.pagecache import raise_version
from cops.search import entries_remove, entries_replace
from resources.enums import TRANSITIONS, Status
from resources.models import Resource, ResourceRedirect, ResourceVersion
from resources.services.indexing import resource_drafts, resource_source
from resources.services.snapshots import snapshot

PREPARE_DOCUMENTS = "resources.prepare_documents"


def resource_publish(*, resource: Resource) -> Resource:
    """Put a resource on view: from its planned date, else from now.

    Writes a new version when its content changed since the last one. Raises
    ValidationError when its state forbids it, or when it has no section.
    """
    return _move_and_tell(resource, Status.PUBLISHED)


def resource_review(*, resource: Resource) -> Resource:
    """Hand a draft over for reading. Raises ValidationError when its state forbids it."""
    return _move_and_tell(resource, Status.IN_REVIEW)


def resource_redraft(*, resource: Resource) -> Resource:
    """Take a resource back to be worked on; it leaves public view."""
    return _move_and_tell(resource, Status.DRAFT)


def resource_archive(*, resource: Resource) -> Resource:
    """Take a resource out of public view for good; nothing of it is lost."""
    return _move_and_tell(resource, Status.ARCHIVED)


@transaction.atomic
def resource_save(*, resource: Resource) -> Resource:
    """Save the fields of a resource; a new address leaves a redirect from the old one.

    Its state is not saved here. Call ``resource_update`` once its parts are saved.
    Raises ValidationError.
    """
    resource.full_clean(exclude=["sort_key", "status"])
    ResourceRedirect.objects.filter(slug=resource.slug).delete()
    if resource.pk is None:
        resource.save()
        return resource
    old = Resource.objects.select_for_update().get(pk=resource.pk)
    resource.status = old.status
    resource.save()
    if old.slug != resource.slug:
        ResourceRedirect.objects.get_or_create(slug=old.slug, defaults={"resource": resource})
    return resource


@transaction.atomic
def resource_change_slug(*, resource: Resource, slug: str) -> Resource:
    """Give a resource another address; the one it had answers 301. Raises ValidationError."""
    resource.slug = slug
    return resource_update(resource=resource_save(resource=resource))


@transaction.atomic
def resource_update(*, resource: Resource) -> Resource:
    """After a change of content: a published resource gets its version, its index, its PDFs."""
    locked = _update(resource)
    raise_version()
    return locked


@transaction.atomic
def resource_loaded(*, resource: Resource) -> None:
    """Put on view what the loader has just written. Leaves the page cache to its caller."""
    if resource.status == Status.PUBLISHED:
        _update(resource)
    else:
        _move(resource, Status.PUBLISHED)


@transaction.atomic
def resource_gone(*, resource: Resource) -> None:
    """Archive what left the starting content. Leaves the page cache to its caller."""
    if resource.status != Status.ARCHIVED:
        _move(resource, Status.ARCHIVED)


@transaction.atomic
def _move_and_tell(resource: Resource, to: Status) -> Resource:
    _move(resource, to)
    raise_version()
    return resource


def _update(resource: Resource) -> Resource:
    locked = Resource.objects.select_for_update().get(pk=resource.pk)
    if locked.status == Status.PUBLISHED:
        _version(locked)
    _spread(locked)
    return locked


def _move(resource: Resource, to: Status) -> None:
    locked = Resource.objects.select_for_update().get(pk=resource.pk)
    origin = Status(locked.status)
    if (origin, to) not in TRANSITIONS:
        raise ValidationError(
            f"« {locked.title} » est à l’état « {origin.label} » :"
            f" elle ne peut pas passer à l’état « {to.label} ».",
            code="transition",
        )
    if to == Status.PUBLISHED and not locked.sections.exists():
        raise ValidationError("Une ressource sans texte ne peut pas être publiée.")
    locked.status = to
    fields = ["status", "changed_at"]
    if to == Status.PUBLISHED:
        now = timezone.now()
        locked.published_at = locked.published_at or now
        if locked.withdrawn_at is not None and locked.withdrawn_at <= max(now, locked.published_at):
            locked.withdrawn_at = None
        fields += ["published_at", "withdrawn_at"]
    locked.save(update_fields=fields)
    for name in ("status", "published_at", "withdrawn_at"):
        setattr(resource, name, getattr(locked, name))
    if to == Status.PUBLISHED:
        _version(locked)
    _spread(locked)


def _version(resource: Resource) -> ResourceVersion | None:
    """A new version when what the author decides differs from the last one."""
    content = snapshot(resource)
    last = resource.versions.order_by("-number", "pk").first()
    if last is not None and authored(last.snapshot) == authored(content):
        return None
    return ResourceVersion.objects.create(
        resource=resource,
        number=last.number + 1 if last else 1,
        published_at=max(timezone.now(), resource.published_at or timezone.now()),
        snapshot=content,
    )


def authored(content: dict[str, Any]) -> dict[str, Any]:
    """A snapshot without what is derived: marks of terms, definitions and titles of others."""
    own = {key: value for key, value in content.items() if key not in {"schema", "references"}}
    own["terms"] = [term["slug"] for term in content.get("terms", [])]
    own["relations"] = [[row["role"], row["slug"]] for row in content.get("relations", [])]
    own["references"] = [row["key"] for row in content.get("references", [])]
    own["sections"] = [_without_html(section) for section in content.get("sections", [])]
    return own


def _without_html(section: dict[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in section.items() if key != "html"}
    if path := section.get("path"):
        steps = [{k: v for k, v in step.items() if k != "html"} for step in path["steps"]]
        own["path"] = {"title": path["title"], "steps": steps}
    return own


def _spread(resource: Resource) -> None:
    """Everything that shows a resource learns of it: index, pages, PDFs."""
    if resource.status == Status.PUBLISHED:
        entries_replace(resource_source(resource.pk), resource_drafts(resource))
        dispatch(PREPARE_DOCUMENTS, resource.pk)
    else:
        entries_remove(resource_source(resource.pk))
