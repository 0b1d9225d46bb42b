"""Opening an assessment, joining it, turning it over, closing and deleting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cops.secrets import digest, digests, random_name
from selfassess.codes import PURPOSE, code_make
from selfassess.enums import PLACES, Mode
from selfassess.models import Assessment, Departed, GridVersion, Participant

MANAGER = "selfassess.manager"
PARTICIPANT = "selfassess.participant"
MONTHS_KEPT = 13
KEPT = timedelta(days=396)  # without a visit, then it is erased
ALONE_AFTER = timedelta(days=30)  # one who waited so long for the other reads their own wheel
TOMBSTONE = timedelta(days=396)


@dataclass(frozen=True)
class Opened:
    """What the opener is told once: the code for everybody, the secret for them alone."""

    assessment: Assessment
    code: str
    manager: str


@transaction.atomic
def assessment_open(
    *,
    version: GridVersion,
    mode: str,
    wording: str = "",
    expected: int | None = None,
    owner: Any = None,
    follows: Assessment | None = None,
) -> Opened:
    """A new assessment. Raises ValidationError for a mode or a wording that does not exist."""
    if mode not in Mode.values:
        raise ValidationError({"mode": "Choisissez une façon de faire."})
    if wording and wording not in version.read().wordings:
        raise ValidationError({"wording": "Cette façon de dire n’existe pas."})
    if expected is not None and mode != Mode.GROUP:
        expected = None
    if expected is not None and expected not in range(2, PLACES[Mode.GROUP] + 1):
        raise ValidationError({"expected": "Un groupe compte de 2 à 40 personnes."})
    code, manager = code_make(), random_name()
    assessment = Assessment.objects.create(
        code_digest=digest(code, purpose=PURPOSE),
        manager_digest=digest(manager, purpose=MANAGER),
        version=version,
        mode=mode,
        wording=wording,
        expected=expected,
        owner=owner,
        follows=follows,
        visited_on=timezone.localdate(),
    )
    return Opened(assessment, code, manager)


def assessment_of(code: str) -> Assessment | None:
    """The assessment of a code, whole; None when no code is such, or when it was erased."""
    return (
        Assessment.objects.select_related("version__grid")
        .filter(code_digest__in=digests(code, purpose=PURPOSE))
        .first()
    )


def assessment_left(code: str) -> bool:
    """True if this code opened an assessment that was deleted or purged since."""
    return Departed.objects.filter(code_digest__in=digests(code, purpose=PURPOSE)).exists()


def is_manager(assessment: Assessment, secret: str) -> bool:
    """True if this secret is that of the one who opened it."""
    return assessment.manager_digest in digests(secret, purpose=MANAGER)


def participant_of(assessment: Assessment, secret: str) -> Participant | None:
    """Whose link it is, in this assessment and no other."""
    return assessment.participants.filter(digest__in=digests(secret, purpose=PARTICIPANT)).first()


def assessment_visit(assessment: Assessment) -> None:
    """Somebody came: it is kept thirteen months more. At most one write a day."""
    today = timezone.localdate()
    if assessment.visited_on != today:
        Assessment.objects.filter(pk=assessment.pk).update(visited_on=today)
        assessment.visited_on = today


@transaction.atomic
def participant_join(
    *, assessment: Assessment, role: str, name: str = "", secret: str = ""
) -> tuple[Participant, str]:
    """Take a place, with a role; gives the secret of the link to come back.

    ``secret`` is that of the form, so that a double click joins once. Raises ValidationError
    when all is turned over or closed, when the places or the role are taken.
    """
    locked = _locked(assessment)
    secret = secret or random_name()
    known = participant_of(locked, secret)
    if known is not None:
        return known, secret
    if locked.revealed_at or locked.closed_at:
        raise ValidationError(
            "Cette auto-évaluation est terminée : personne ne peut plus s’y ajouter.", code="late"
        )
    if role not in locked.instrument.members:
        raise ValidationError({"role": "Choisissez votre rôle."})
    taken = list(locked.participants.values_list("role", flat=True))
    if len(taken) >= PLACES[locked.mode]:
        raise ValidationError("Toutes les places sont prises.", code="full")
    if locked.mode in (Mode.PAIR, Mode.DEVICE) and role in taken:
        label = locked.instrument.members[role].label
        raise ValidationError({"role": f"« {label} » est déjà pris : choisissez l’autre rôle."})
    participant = Participant.objects.create(
        assessment=locked,
        digest=digest(secret, purpose=PARTICIPANT),
        role=role,
        name=name.strip(),
    )
    assessment_moved(locked)
    return participant, secret


@transaction.atomic
def assessment_reveal(*, assessment: Assessment) -> Assessment:
    """« Nous sommes au complet »: turn all the wheels over, of those who sent theirs.

    Raises ValidationError when fewer than two did: there would be nothing to compare.
    """
    locked = _locked(assessment)
    if locked.revealed_at is None:
        if locked.participants.filter(submitted_at__isnull=False).count() < 2:
            raise ValidationError(
                "Il faut au moins deux personnes qui ont envoyé leurs réponses.", code="few"
            )
        turn_over(locked)
    return locked


def turn_over(assessment: Assessment) -> None:
    """Mark it as turned over; the row is locked by the caller."""
    assessment.revealed_at = timezone.now()
    assessment.save(update_fields=["revealed_at"])
    assessment_moved(assessment)


def all_have_submitted(assessment: Assessment) -> bool:
    """True when everybody who was expected has sent their wheel."""
    rows = list(assessment.participants.values_list("submitted_at", flat=True))
    expected = assessment.expected or (
        PLACES[assessment.mode] if assessment.mode != Mode.GROUP else None
    )
    return expected is not None and len(rows) == expected and all(rows)


@transaction.atomic
def assessment_close(*, assessment: Assessment) -> Assessment:
    """Nobody joins any more; those who are there go on."""
    locked = _locked(assessment)
    if locked.closed_at is None:
        locked.closed_at = timezone.now()
        locked.save(update_fields=["closed_at"])
        assessment_moved(locked)
    return locked


@transaction.atomic
def assessment_delete(*, assessment: Assessment) -> None:
    """Erase it at once, with every wheel; its links say that it is gone."""
    Departed.objects.get_or_create(code_digest=assessment.code_digest)
    assessment.delete()


@transaction.atomic
def assessments_purge(limit: int) -> int:
    """Erase what nobody visited for thirteen months; how many rows went."""
    last = timezone.localdate() - KEPT
    old = Assessment.objects.filter(visited_on__lt=last).order_by("pk")[:limit]
    gone = 0
    for assessment in old:
        assessment_delete(assessment=assessment)
        gone += 1
    stale = Departed.objects.filter(left_on__lt=timezone.localdate() - TOMBSTONE)
    keys = list(stale.values_list("pk", flat=True)[: limit - gone])
    return gone + Departed.objects.filter(pk__in=keys).delete()[0]


def purge_day(assessment: Assessment) -> date:
    """The day it will be erased, if nobody comes back."""
    return assessment.visited_on + KEPT


def assessment_moved(assessment: Assessment) -> None:
    """Something that other screens show has changed."""
    Assessment.objects.filter(pk=assessment.pk).update(step=F("step") + 1)


def _locked(assessment: Assessment) -> Assessment:
    locked = (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("version__grid")
        .filter(pk=assessment.pk)
        .first()
    )
    if locked is None:
        raise ValidationError("Cette auto-évaluation a été effacée.", code="gone")
    return locked


lock = _locked
