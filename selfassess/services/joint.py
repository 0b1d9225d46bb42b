"""The joint moment: levels agreed on, decisions, and what became of those of last time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from selfassess.enums import Done
from selfassess.models import Assessment, Decision, JointScore, Reminder
from selfassess.models.joint import MOST_DECISIONS
from selfassess.services.assessments import assessment_moved, lock

MONTHS = 6


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One line of « Ce que nous décidons »."""

    what: str
    who: str = ""
    when: str = ""


@transaction.atomic
def joint_score_set(
    *, assessment: Assessment, criterion: str, value: int | None, sentence: str = ""
) -> JointScore:
    """The level agreed on for a criterion; the last one said wins. Raises ValidationError."""
    locked = _revealed(assessment)
    if criterion not in locked.instrument.criteria:
        raise ValidationError("Cette question n’est pas dans la grille.", code="unknown")
    if value is not None and value not in range(5):
        raise ValidationError("Un niveau va de 0 à 4.", code="range")
    score, _ = JointScore.objects.update_or_create(
        assessment=locked,
        criterion=criterion,
        defaults={"value": value, "sentence": sentence.strip()[:300]},
    )
    assessment_moved(locked)
    return score


@transaction.atomic
def decisions_set(*, assessment: Assessment, decisions: Sequence[Decided]) -> list[Decision]:
    """Write the decisions, five at most, in their order; empty lines are left out."""
    locked = _revealed(assessment)
    told = [decided for decided in decisions if decided.what.strip()]
    if len(told) > MOST_DECISIONS:
        raise ValidationError("Cinq décisions au plus : gardez les plus importantes.", code="many")
    locked.decisions.filter(position__gt=len(told)).delete()
    rows = []
    for position, decided in enumerate(told, start=1):
        row, _ = Decision.objects.update_or_create(
            assessment=locked,
            position=position,
            defaults={
                "what": decided.what.strip()[:200],
                "who": decided.who.strip()[:80],
                "when": decided.when.strip()[:80],
            },
        )
        rows.append(row)
    assessment_moved(locked)
    return rows


@transaction.atomic
def decision_tick(*, assessment: Assessment, position: int, done: str) -> Decision:
    """Say what became of a decision of this assessment. Raises ValidationError."""
    if done and done not in Done.values:
        raise ValidationError("Choisissez une des réponses.")
    row = assessment.decisions.select_for_update().filter(position=position).first()
    if row is None:
        raise ValidationError("Cette décision n’existe plus.", code="gone")
    row.done = done
    row.save(update_fields=["done"])
    return row


@transaction.atomic
def reminder_ask(*, assessment: Assessment, email: str, link: str) -> Reminder:
    """Remind this address in six months; asked twice, it is asked once."""
    today = timezone.localdate()
    month = today.month + MONTHS
    due = today.replace(
        year=today.year + (month - 1) // 12, month=(month - 1) % 12 + 1, day=min(today.day, 28)
    )
    reminder, _ = Reminder.objects.update_or_create(
        assessment=assessment, email=email.strip().lower(), defaults={"due_on": due, "link": link}
    )
    return reminder


def _revealed(assessment: Assessment) -> Assessment:
    locked = lock(assessment)
    if locked.revealed_at is None:
        raise ValidationError("Le moment commun vient après les réponses de chacun.", code="early")
    return locked
