"""What a person answers: kept as they go, sent once they are ready, revised until the turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cops.territory import Department
from selfassess.enums import Mode
from selfassess.models import Assessment, Participant
from selfassess.services.assessments import (
    Gone,
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
    *,
    participant: Participant,
    scores: Scores,
    notes: Mapping[str, str] | None = None,
    seen: Mapping[str, str] | None = None,
) -> Participant:
    """Keep some answers, those of an axis or of all; the others stay as they are.

    Of a criterion the last level said wins. ``seen`` is what this screen was shown of the notes:
    one that another screen wrote meanwhile is kept beside the new one, no text saved is lost.

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
    texts = {
        code: texts_merged(
            mine.notes.get(code, ""),
            text.strip()[:LONGEST_NOTE],
            (seen or mine.notes).get(code, ""),
        )
        for code, text in (notes or {}).items()
    }
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
        raise ValidationError(dict.fromkeys(missing, MISSING))
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
    """« Ce que la région peut apprendre »: yes, or no, as long as they did not leave.

    Each person's choice is theirs: it says nothing of the others, nor of their department.
    Raises ValidationError for a department that does not exist.
    """
    _, mine = _mine(participant)
    if mine.shared_at is not None:
        return mine
    if department and department not in Department.values:
        raise ValidationError({"department": "Choisissez un département de la liste."})
    mine.shares = shares
    mine.department = department if shares else ""
    mine.save(update_fields=["shares", "department"])
    return mine


def texts_merged(kept: str, text: str, seen: str) -> str:
    """What to keep of a text: the new one, under what another screen wrote since this one saw it.

    A screen that did not touch it, or empties what it never saw, takes back nothing.
    """
    if text == seen:
        return kept
    if kept in (seen, text, ""):
        return text
    if kept.endswith(f"\n{text}"):  # the same page, sent twice
        return kept
    return f"{kept}\n{text}" if text else kept


def _mine(participant: Participant) -> tuple[Assessment, Participant]:
    # The assessment first, always: two people who send at once wait for each other.
    assessment = lock(participant.assessment)
    mine: Any = assessment.participants.select_for_update().filter(pk=participant.pk).first()
    if mine is None:
        raise Gone
    mine.assessment = assessment
    return assessment, mine


def _check_open(assessment: Assessment) -> None:
    if assessment.revealed_at is not None:
        raise ValidationError(
            "Les roues sont retournées : vos réponses ne changent plus.", code="revealed"
        )
