"""What a person answers: kept as they go, sent once they are ready, revised until the turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from selfassess.enums import Mode
from selfassess.models import Assessment, Participant
from selfassess.services.assessments import (
    all_have_submitted,
    assessment_moved,
    lock,
    turn_over,
)

LONGEST_NOTE = 1_000
MISSING = "Il manque une réponse : choisissez un niveau, ou « non concerné »."

Scores = Mapping[str, int | None]


@transaction.atomic
def answers_save(
    *, participant: Participant, scores: Scores, notes: Mapping[str, str] | None = None
) -> Participant:
    """Keep some answers, those of an axis or of all; the others stay as they are.

    Raises ValidationError for a criterion that does not exist, for a level outside 0–4, and
    once all is turned over.
    """
    assessment, mine = _mine(participant)
    _check_open(assessment)
    criteria = assessment.instrument.criteria
    unknown = [code for code in (*scores, *(notes or {})) if code not in criteria]
    if unknown:
        raise ValidationError("Cette question n’est pas dans la grille.", code="unknown")
    for value in scores.values():
        if value is not None and (isinstance(value, bool) or value not in range(5)):
            raise ValidationError("Un niveau va de 0 à 4.", code="range")
    kept = {**mine.scores, **scores}
    # In the order of the wheel, whatever the order of the steps.
    mine.scores = {code: kept[code] for code in criteria if code in kept}
    if notes is not None:
        texts = {code: text.strip()[:LONGEST_NOTE] for code, text in notes.items()}
        mine.notes = {code: text for code, text in {**mine.notes, **texts}.items() if text}
    mine.save(update_fields=["scores", "notes"])
    return mine


@transaction.atomic
def answers_send(*, participant: Participant) -> Participant:
    """« J’ai terminé ». All is turned over when everybody has.

    Sent twice, it is sent once. Raises ValidationError while an answer is missing.
    """
    assessment, mine = _mine(participant)
    if mine.submitted_at is not None:
        return mine
    _check_open(assessment)
    missing = [code for code in assessment.instrument.criteria if code not in mine.scores]
    if missing:
        raise ValidationError(
            dict.fromkeys(missing, MISSING)
        )  # fmt: skip
    mine.submitted_at = timezone.now()
    mine.save(update_fields=["submitted_at"])
    if assessment.mode == Mode.ALONE or all_have_submitted(assessment):
        turn_over(assessment)
    else:
        assessment_moved(assessment)
    return mine


@transaction.atomic
def answers_reopen(*, participant: Participant) -> Participant:
    """Take them back to revise, before the turn and not after. Raises ValidationError."""
    assessment, mine = _mine(participant)
    _check_open(assessment)
    if mine.submitted_at is not None:
        mine.submitted_at = None
        mine.save(update_fields=["submitted_at"])
        assessment_moved(assessment)
    return mine


@transaction.atomic
def sharing_set(*, participant: Participant, shares: bool, department: str = "") -> Participant:
    """« Ce que la région peut apprendre »: yes, or no, as long as they did not leave."""
    assessment, mine = _mine(participant)
    if mine.shared_at is not None:
        return mine
    mine.shares = shares
    mine.save(update_fields=["shares"])
    if shares and department:
        assessment.department = department
        assessment.full_clean(exclude=["follows", "owner", "version"])
        assessment.save(update_fields=["department"])
    return mine


def _mine(participant: Participant) -> tuple[Assessment, Participant]:
    # The assessment first, always: two people who send at once wait for each other.
    assessment = lock(participant.assessment)
    mine: Any = assessment.participants.select_for_update().filter(pk=participant.pk).first()
    if mine is None:
        raise ValidationError("Cette auto-évaluation a été effacée.", code="gone")
    mine.assessment = assessment
    return assessment, mine


def _check_open(assessment: Assessment) -> None:
    if assessment.revealed_at is not None:
        raise ValidationError(
            "Les roues sont retournées : vos réponses ne changent plus.", code="revealed"
        )
