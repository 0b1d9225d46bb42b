"""« Mes auto-évaluations »: what one chooses to find again in one's account."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from selfassess.models import Assessment, KeptPlace, Participant
from selfassess.services.assessments import lock
from selfassess.services.reminders import reminders_forget


@transaction.atomic
def place_keep(
    *, owner: Any, assessment: Assessment, participant: Participant | None = None
) -> KeptPlace:
    """Keep a participant's place in an account, or the opener's page; twice, it is kept once.

    Raises Gone when it was erased meanwhile.
    """
    kept, _ = KeptPlace.objects.get_or_create(
        owner=owner, assessment=lock(assessment), participant=participant
    )
    return kept


@transaction.atomic
def place_remove(*, owner: Any, public_id: str) -> bool:
    """Take it out of the account; the assessment stays, to whoever holds its links.

    A reminder asked for from the account would lead nowhere: it goes too. False when the place
    is not, or no longer, in this account.
    """
    kept = KeptPlace.objects.filter(owner=owner, public_id=public_id).first()
    if kept is None:
        return False
    reminders_forget(assessment=kept.assessment, secret=kept.public_id)
    kept.delete()
    return True


def kept_participant(*, owner: Any, public_id: str) -> Participant | None:
    """The participant of a place that this account keeps, with their assessment."""
    kept = _kept(owner, public_id).filter(participant__isnull=False).first()
    if kept is None or kept.participant is None:
        return None
    kept.participant.assessment = kept.assessment
    return kept.participant


def kept_opener(*, owner: Any, public_id: str) -> Assessment | None:
    """The assessment whose opener's page this account keeps."""
    kept = _kept(owner, public_id).filter(participant__isnull=True).first()
    return kept.assessment if kept else None


def _kept(owner: Any, public_id: str) -> QuerySet[KeptPlace]:
    rows = KeptPlace.objects.filter(owner=owner, public_id=public_id)
    return rows.select_related("assessment__version__grid", "participant")
