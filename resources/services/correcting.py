"""What changes a published resource: its correction, at once or on its date; an undoing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from cops.audit import record
from cops.pagecache import raise_version
from resources.enums import DraftState, Status
from resources.models import DraftRevision, Resource, ResourceDraft, ResourceVersion
from resources.services.applying import content_apply
from resources.services.contents import Content, content_from, content_of
from resources.services.publishing import (
    published_locked,
    resource_move,
    resource_spread,
    version_write,
    working_take_in,
)
from resources.services.snapshots import snapshot


@transaction.atomic
def draft_publish(*, resource: Resource, note: str = "", by: Any = None) -> ResourceVersion | None:
    """Put the working text of a published resource in the place of the old one, now.

    Gives the new version; None when no word changed. Raises ValidationError when there is
    no working text, when the resource is not published, or when the text may not be.
    """
    locked = published_locked(resource)
    if not ResourceDraft.objects.filter(resource=locked).exists():
        raise ValidationError("Il n’y a pas de correction à publier.", code="none")
    working_take_in(locked)
    version = version_write(locked, note=note, by=by)
    changes = {"version": [version.number - 1 or None, version.number]} if version else None
    record(by, "resource.corrected", locked, changes)
    resource_spread(locked)
    raise_version()
    return version


@transaction.atomic
def publication_undo(*, resource: Resource, by: Any = None) -> ResourceVersion | None:
    """Bring back what was on view before the last publication, under a new number.

    The text that leaves becomes the working text when there is none: no word is lost. The
    first publication undone, the resource is a draft again (None). Undoing an undoing brings
    the undone version back. Raises ValidationError when the resource is not published.
    """
    locked = published_locked(resource)
    last = locked.versions.order_by("-number", "pk").first()
    if last is None:
        raise ValidationError("Il n’y a pas de publication à annuler.", code="none")
    before = last.undoes or _before(locked, last)
    last.undone_at = timezone.now()
    last.save(update_fields=["undone_at"])
    if before is None:
        record(by, "publication.undone", locked, {"version": [last.number, None]})
        resource_move(resource, Status.DRAFT, by=by)
        raise_version()
        return None
    leaving = content_of(locked)
    content_apply(resource=locked, content={**leaving, **content_from(before.snapshot)})
    version = ResourceVersion.objects.create(
        resource=locked,
        number=last.number + 1,
        published_at=timezone.now(),
        snapshot=snapshot(locked),
        note=f"Retour à la version {before.number}",
        published_by=by,
        undoes=last,
    )
    _set_aside(locked, leaving, f"Version {last.number}, dont la publication a été annulée", by)
    record(by, "publication.undone", locked, {"version": [last.number, version.number]})
    resource_spread(locked)
    raise_version()
    return version


def corrections_next(now: datetime) -> datetime | None:
    """When the next planned correction takes the place of the text on view."""
    planned = ResourceDraft.objects.filter(state=DraftState.SCHEDULED, publish_at__gt=now)
    return planned.aggregate(at=Min("publish_at"))["at"]


def drafts_publish_due() -> int:
    """Publish the corrections whose date has come; gives how many.

    Called for the first reader who comes after the hour, and by the sweeper.

    One that may not be published any more is taken up again, with the reason: the team sees
    it in « À traiter ».
    """
    done = 0
    due = ResourceDraft.objects.filter(
        state=DraftState.SCHEDULED, publish_at__lte=timezone.now()
    ).order_by("publish_at", "pk")
    for pk in list(due.values_list("pk", flat=True)):
        done += _publish_planned(pk)
    return done


@transaction.atomic
def _publish_planned(pk: int) -> bool:
    owner = Resource.objects.select_for_update().filter(draft=pk).first()
    draft = ResourceDraft.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    still = owner and draft and draft.publish_at and draft.publish_at <= timezone.now()
    if not still or owner is None or draft is None:
        return False  # taken up again, or published by another sweeper, in between
    try:
        with transaction.atomic():
            draft_publish(resource=owner, note=draft.note, by=draft.planned_by)
    except ValidationError as error:
        draft.state, draft.publish_at = DraftState.WRITING, None
        draft.refusal = "\n".join(error.messages)
        draft.save(update_fields=["state", "publish_at", "refusal"])
        record(None, "draft.refused", owner, {"refusal": ["", draft.refusal]})
        return False
    return True


def _before(resource: Resource, last: ResourceVersion) -> ResourceVersion | None:
    """The last version before this one whose publication still stands."""
    earlier = resource.versions.standing().filter(number__lt=last.number)
    return earlier.order_by("-number", "pk").first()


def _set_aside(resource: Resource, leaving: Content, label: str, by: Any) -> None:
    """What leaves the public view is kept as the working text, unless there is one already."""
    draft, is_new = ResourceDraft.objects.get_or_create(
        resource=resource, defaults={"base": content_of(resource), "started_by": by}
    )
    if is_new:
        DraftRevision.objects.create(
            draft=draft, number=1, content=leaving, piece="shape", label=label, saved_by=by
        )
