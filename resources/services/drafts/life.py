"""Read over, planned, taken up again, given up: resources.enums.DRAFT_TRANSITIONS."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cops.audit import record
from cops.pagecache import raise_version
from resources.enums import DRAFT_TRANSITIONS, DraftState, Status
from resources.models import Resource, ResourceDraft
from resources.services.drafts.reading import working_text
from resources.services.rules import publication_check


@transaction.atomic
def draft_review(*, resource: Resource, by: Any) -> ResourceDraft:
    """Ask the team to read the working text over. Raises ValidationError."""
    draft = _move(resource, DraftState.IN_REVIEW)
    draft.asked_at = timezone.now()
    draft.save(update_fields=["state", "asked_at"])
    record(by, "draft.review_asked", resource)
    return draft


@transaction.atomic
def draft_rewrite(*, resource: Resource, by: Any) -> ResourceDraft:
    """Take the working text up again: after a reading, or instead of a planned publication."""
    draft = _move(resource, DraftState.WRITING)
    planned, draft.publish_at, draft.planned_by, draft.refusal = draft.publish_at, None, None, ""
    draft.save(update_fields=["state", "publish_at", "planned_by", "refusal"])
    changes = {"publish_at": [planned.isoformat(), None]} if planned else None
    record(by, "draft.rewritten", resource, changes)
    return draft


@transaction.atomic
def draft_plan(*, resource: Resource, at: datetime, note: str = "", by: Any) -> ResourceDraft:
    """Publish the working text of a resource on view at a date to come.

    The old text stays on view until then. Raises ValidationError when the date is past, when
    nothing is on view, or when the text may not be published as it is.
    """
    draft = _move(resource, DraftState.SCHEDULED)
    if at <= timezone.now():
        raise ValidationError("Cette date est déjà passée : choisissez-en une à venir.")
    working = working_text(resource)
    if working.resource.status != Status.PUBLISHED:
        raise ValidationError("Rien n’est en ligne : publiez la fiche elle-même à cette date.")
    publication_check(working.content)
    draft.publish_at, draft.note, draft.planned_by, draft.refusal = at, note[:300], by, ""
    draft.save(update_fields=["state", "publish_at", "note", "planned_by", "refusal"])
    record(by, "draft.planned", resource, {"publish_at": [None, at.isoformat()]})
    raise_version()  # the pages kept in memory learn when they will be stale
    return draft


@transaction.atomic
def draft_discard(*, resource: Resource, by: Any) -> None:
    """Give the working text up; what is on view is not touched.

    Raises ValidationError when there is none, when it is planned, or when it is all there is.
    """
    draft = _locked(resource)
    if draft.state == DraftState.SCHEDULED:
        raise ValidationError(
            "La publication de ce texte est prévue : reprenez-le avant de l’abandonner.",
            code="planned",
        )
    if not resource.versions.exists():
        raise ValidationError(
            "Cette fiche n’a jamais été publiée : son seul texte est celui-ci."
            " Archivez-la plutôt, rien n’en sera perdu.",
            code="only_text",
        )
    draft.delete()
    record(by, "draft.discarded", resource)


def _move(resource: Resource, to: DraftState) -> ResourceDraft:
    draft = _locked(resource)
    origin = DraftState(draft.state)
    if (origin, to) not in DRAFT_TRANSITIONS:
        raise ValidationError(
            f"Le texte de travail est à l’état « {origin.label} » :"
            f" il ne peut pas passer à l’état « {to.label} ».",
            code="transition",
        )
    draft.state = to
    return draft


def _locked(resource: Resource) -> ResourceDraft:
    Resource.objects.select_for_update().only("pk").get(pk=resource.pk)
    draft = ResourceDraft.objects.filter(resource=resource).first()
    if draft is None:
        raise ValidationError("Il n’y a pas de texte de travail pour cette fiche.", code="none")
    return draft
