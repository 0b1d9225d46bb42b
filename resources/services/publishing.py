"""The life of a resource: what each service may do is in resources.enums.TRANSITIONS."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cops.audit import record
from cops.background import dispatch
from cops.pagecache import raise_version
from cops.search import entries_remove, entries_replace
from resources.enums import TRANSITIONS, DraftState, Status
from resources.models import Resource, ResourceDraft, ResourceRedirect, ResourceVersion
from resources.services.applying import content_apply
from resources.services.contents import content_of
from resources.services.drafts.reading import working_text
from resources.services.indexing import resource_drafts, resource_source
from resources.services.rules import publication_check
from resources.services.snapshots import authored, snapshot

PREPARE_DOCUMENTS = "resources.prepare_documents"


def resource_publish(
    *, resource: Resource, at: datetime | None = None, note: str = "", by: Any = None
) -> Resource:
    """Put a resource on view with its working text: from ``at``, its planned date, or now.

    Writes a new version when its content changed since the last one. Raises
    ValidationError when its state forbids it, or when its text may not be published
    (PublicationRefusedError then names each place).
    """
    return _move_and_tell(resource, Status.PUBLISHED, at=at, note=note, by=by)


def resource_review(*, resource: Resource, by: Any = None) -> Resource:
    """Hand a draft over for reading. Raises ValidationError when its state forbids it."""
    return _move_and_tell(resource, Status.IN_REVIEW, by=by)


def resource_redraft(*, resource: Resource, by: Any = None) -> Resource:
    """Take a resource back to be worked on; it leaves public view."""
    return _move_and_tell(resource, Status.DRAFT, by=by)


def resource_archive(*, resource: Resource, by: Any = None) -> Resource:
    """Take a resource out of public view for good; nothing of it is lost."""
    return _move_and_tell(resource, Status.ARCHIVED, by=by)


@transaction.atomic
def resource_save(*, resource: Resource, by: Any = None) -> Resource:
    """Save the fields of a resource; a new address leaves a redirect from the old one.

    Its state is not saved here. Call ``resource_update`` once its parts are saved.
    Raises ValidationError.
    """
    resource.full_clean(exclude=["sort_key", "status"])
    ResourceRedirect.objects.filter(slug=resource.slug).delete()
    if resource.pk is None:
        resource.save()
        record(by, "resource.created", resource)
        return resource
    old = Resource.objects.select_for_update().get(pk=resource.pk)
    resource.status = old.status
    resource.save()
    if old.slug != resource.slug:
        ResourceRedirect.objects.get_or_create(slug=old.slug, defaults={"resource": resource})
        record(by, "resource.address_changed", resource, {"slug": [old.slug, resource.slug]})
    return resource


@transaction.atomic
def resource_change_slug(*, resource: Resource, slug: str, by: Any = None) -> Resource:
    """Give a resource another address; the one it had answers 301. Raises ValidationError."""
    resource.slug = slug
    return resource_update(resource=resource_save(resource=resource, by=by), by=by)


@transaction.atomic
def resource_update(*, resource: Resource, by: Any = None) -> Resource:
    """After a change of content: a published resource gets its version, its index, its PDFs.

    Raises PublicationRefusedError when it is on view and its text may not be.
    """
    locked, version = _update(resource, by=by)
    changes = {"version": [None, version.number]} if version else None
    record(by, "resource.updated", locked, changes)
    raise_version()
    return locked


@transaction.atomic
def resource_loaded(*, resource: Resource) -> None:
    """Put on view what the loader has just written. Leaves the page cache to its caller."""
    if resource.status == Status.PUBLISHED:
        _update(resource)
    else:
        resource_move(resource, Status.PUBLISHED)


@transaction.atomic
def resource_gone(*, resource: Resource) -> None:
    """Archive what left the starting content. Leaves the page cache to its caller."""
    if resource.status != Status.ARCHIVED:
        resource_move(resource, Status.ARCHIVED)


@transaction.atomic
def resource_withdraw(
    *, resource: Resource, at: datetime | None = None, by: Any = None
) -> Resource:
    """Take a resource on view out of it, at a date to come or now; by the clock.

    Raises ValidationError when it is not published, or when the date is not after its
    publication and to come.
    """
    locked, now = published_locked(resource), timezone.now()
    if at is not None and at <= now:
        raise ValidationError("Cette date est déjà passée : choisissez-en une à venir.")
    if locked.published_at and (at or now) <= locked.published_at:
        raise ValidationError("Le retrait vient après la publication.")
    return _withdrawal(resource, locked, at or now, "resource.withdrawn", by)


@transaction.atomic
def resource_keep(*, resource: Resource, by: Any = None) -> Resource:
    """Take a withdrawal back: planned, it will not happen; past, the resource is on view again."""
    return _withdrawal(resource, published_locked(resource), None, "resource.kept", by)


def _move_and_tell(resource: Resource, to: Status, *, by: Any, **how: Any) -> Resource:
    with transaction.atomic():
        resource_move(resource, to, by=by, told=True, **how)
        raise_version()
    return resource


def _update(resource: Resource, by: Any = None) -> tuple[Resource, ResourceVersion | None]:
    locked = Resource.objects.select_for_update().get(pk=resource.pk)
    version = None
    if locked.status == Status.PUBLISHED:
        publication_check(content_of(locked))
        version = version_write(locked, by=by)
    resource_spread(locked)
    return locked, version


def published_locked(resource: Resource) -> Resource:
    locked = Resource.objects.select_for_update().get(pk=resource.pk)
    if locked.status != Status.PUBLISHED:
        raise ValidationError(
            f"« {locked.title} » n’est pas publiée : elle est à l’état"
            f" « {Status(locked.status).label} ».",
            code="transition",
        )
    return locked


def resource_move(
    resource: Resource,
    to: Status,
    *,
    at: datetime | None = None,
    note: str = "",
    by: Any = None,
    told: bool = False,
) -> None:
    locked = Resource.objects.select_for_update().get(pk=resource.pk)
    origin = Status(locked.status)
    if (origin, to) not in TRANSITIONS:
        raise ValidationError(
            f"« {locked.title} » est à l’état « {origin.label} » :"
            f" elle ne peut pas passer à l’état « {to.label} ».",
            code="transition",
        )
    if to == Status.PUBLISHED:
        working_take_in(locked)
        _date(locked, at)
    locked.status = to
    locked.save(update_fields=["status", "changed_at", "published_at", "withdrawn_at"])
    for name in ("status", "published_at", "withdrawn_at"):
        setattr(resource, name, getattr(locked, name))
    if to == Status.PUBLISHED:
        version_write(locked, note=note, by=by)
    else:
        ResourceDraft.objects.filter(resource=locked, state=DraftState.SCHEDULED).update(
            state=DraftState.WRITING, publish_at=None, planned_by=None
        )
    resource_spread(locked)
    if told:
        changes: dict[str, list[Any]] = {"status": [origin.value, to.value]}
        if to == Status.PUBLISHED and locked.published_at and at:
            changes["published_at"] = [None, locked.published_at.isoformat()]
        record(by, _ACTIONS[to], locked, changes)


_ACTIONS = {
    Status.DRAFT: "resource.redrafted",
    Status.IN_REVIEW: "resource.review_asked",
    Status.PUBLISHED: "resource.published",
    Status.ARCHIVED: "resource.archived",
}


def working_take_in(resource: Resource) -> None:
    """The working text becomes the rows, if it may be published; then it has done its work."""
    working = working_text(resource)
    publication_check(working.content)
    if working.draft is not None:
        content_apply(resource=resource, content=working.content)
        working.draft.delete()


def _date(resource: Resource, at: datetime | None) -> None:
    """When it comes on view; a withdrawal that is past, or before it, is forgotten."""
    now = timezone.now()
    resource.published_at = at or resource.published_at or now
    if resource.withdrawn_at is not None and resource.withdrawn_at <= max(
        now, resource.published_at
    ):
        resource.withdrawn_at = None


def _withdrawal(
    resource: Resource, locked: Resource, at: datetime | None, action: str, by: Any
) -> Resource:
    old, locked.withdrawn_at = locked.withdrawn_at, at
    locked.save(update_fields=["withdrawn_at", "changed_at"])
    resource.withdrawn_at = at
    record(by, action, locked, {"withdrawn_at": [_iso(old), _iso(at)]})
    resource_spread(locked)
    raise_version()
    return resource


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def version_write(resource: Resource, *, note: str = "", by: Any = None) -> ResourceVersion | None:
    """A new version when what the author decides differs from the last one."""
    content = snapshot(resource)
    last = resource.versions.order_by("-number", "pk").first()
    if last and not last.undone_at and authored(last.snapshot) == authored(content):
        return None
    return ResourceVersion.objects.create(
        resource=resource,
        number=last.number + 1 if last else 1,
        published_at=max(timezone.now(), resource.published_at or timezone.now()),
        snapshot=content,
        note=note[:300],
        published_by=by,
    )


def resource_spread(resource: Resource) -> None:
    """Everything that shows a resource learns of it: index, pages, PDFs."""
    if resource.status == Status.PUBLISHED:
        entries_replace(resource_source(resource.pk), resource_drafts(resource))
        dispatch(PREPARE_DOCUMENTS, resource.pk)
    else:
        entries_remove(resource_source(resource.pk))
