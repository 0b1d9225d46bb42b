"""Opening an assessment, joining it, turning it over, closing and deleting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from cops.pagecache import QuickRead
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


class Gone(ValidationError):
    """It was erased while a page of it was open."""

    def __init__(self) -> None:
        super().__init__("Cette auto-évaluation a été effacée.", code="gone")


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
    if follows is not None:
        follows = _locked(follows)
    code, manager = code_make(), random_name()
    # It serves from now on: an edit of the grid makes the next version.
    GridVersion.objects.filter(pk=version.pk, is_used=False).update(is_used=True)
    assessment = Assessment.objects.create(
        code_digest=digest(code, purpose=PURPOSE),
        manager_digest=digest(manager, purpose=MANAGER),
        version=version,
        mode=mode,
        wording=wording,
        expected=expected,
        follows=follows,
        visited_on=timezone.localdate(),
    )
    return Opened(assessment, code, manager)


@transaction.atomic
def assessment_again(*, me: Participant, follows: bool = True) -> tuple[Opened, str]:
    """Do it again: a new assessment by the grid as it is now, which follows theirs.

    Without ``follows`` nothing ties both: with other people, what was agreed on is not for them.

    Alone, the place is theirs at once, so that nobody else reads what moved since; the secret
    of their place is given as well. Elsewhere that secret is empty.

    Raises ValidationError before the turn, and for who had not sent theirs: whoever begins again
    reads what was agreed on.
    """
    before = me.assessment
    if before.revealed_at is None or me.submitted_at is None:
        raise ValidationError(
            "Refaire la roue est pour les personnes qui ont envoyé la leur, une fois les roues"
            " retournées.",
            code="not_yet",
        )
    version = before.version.grid.versions.order_by("-number").first() or before.version
    wording = before.wording if before.wording in version.read().wordings else ""
    if before.mode != Mode.ALONE:
        opened = assessment_open(version=version, mode=before.mode, wording=wording,
                                 expected=before.expected,
                                 follows=before if follows else None)  # fmt: skip
        return opened, ""
    if me.role not in version.read(wording).members:  # another grid, as good as a first time
        return assessment_open(version=version, mode=before.mode, wording=wording), ""
    opened = assessment_open(version=version, mode=before.mode, wording=wording, follows=before)
    _, secret = participant_join(assessment=opened.assessment, role=me.role, name=me.name)
    return opened, secret


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


_STEP_OF_PARTICIPANT = QuickRead(
    "selfassess_step_of_participant",
    "SELECT whole.step FROM selfassess_participant AS mine"
    " JOIN selfassess_assessment AS whole ON whole.id = mine.assessment_id"
    " WHERE mine.digest = ANY($1::text[]) AND whole.code_digest = ANY($2::text[])",
)
_STEP_OF_MANAGER = QuickRead(
    "selfassess_step_of_manager",
    "SELECT step FROM selfassess_assessment"
    " WHERE manager_digest = ANY($1::text[]) AND code_digest = ANY($2::text[])",
)


def step_of_participant(code: str, secret: str) -> int | None:
    """How far the assessment of this link is, and no more of it: one row.

    Asked every other second by each screen that waits. None for a link that opens nothing.
    """
    return _step(_STEP_OF_PARTICIPANT, code, digests(secret, purpose=PARTICIPANT))


def step_of_manager(code: str, secret: str) -> int | None:
    """The same for the opener's own link."""
    return _step(_STEP_OF_MANAGER, code, digests(secret, purpose=MANAGER))


def _step(read: QuickRead, code: str, of_secret: list[str]) -> int | None:
    of_code = digests(code, purpose=PURPOSE)
    # Digests are hexadecimal: nothing in them needs to be escaped.
    row = read.row(f"{{{','.join(of_secret)}}}", f"{{{','.join(of_code)}}}")
    return int(row[0]) if row else None


# Locked from the oldest time, as by the purge: two who come at once wait for each other.
_VISIT = """
    WITH RECURSIVE times AS (
        SELECT id, follows_id FROM selfassess_assessment WHERE id = %s
        UNION
        SELECT one.id, one.follows_id
        FROM selfassess_assessment AS one JOIN times ON one.id = times.follows_id
    )
    UPDATE selfassess_assessment SET visited_on = %s WHERE id IN (
        SELECT id FROM selfassess_assessment
        WHERE id IN (SELECT id FROM times) AND visited_on < %s
        ORDER BY id FOR NO KEY UPDATE
    )
"""


def assessment_visit(assessment: Assessment) -> None:
    """Somebody came: it is kept thirteen months more, and every time that it follows, which
    « Ce qui a bougé » reads. At most one statement a day."""
    today = timezone.localdate()
    if assessment.visited_on != today:
        with connection.cursor() as cursor:
            cursor.execute(_VISIT, [assessment.pk, today, today])
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


def wheels_awaited(assessment: Assessment, joined: int) -> int | None:
    """How many wheels the turn waits for, whoever came besides too; None while the opener says.

    Once a group is closed, those who are there are those who were expected.
    """
    if assessment.mode != Mode.GROUP:
        expected: int | None = PLACES[assessment.mode]
    else:
        expected = 2 if assessment.closed_at else assessment.expected
    return None if expected is None else max(expected, joined)


def all_have_submitted(assessment: Assessment) -> bool:
    """True when everybody who is waited for has sent their wheel."""
    rows = list(assessment.participants.values_list("submitted_at", flat=True))
    return len(rows) == wheels_awaited(assessment, len(rows)) and all(rows)


@transaction.atomic
def assessment_close(*, assessment: Assessment) -> Assessment:
    """Nobody joins any more; those who are there go on, or turn over if all have sent theirs."""
    locked = _locked(assessment)
    if locked.closed_at is None:
        locked.closed_at = timezone.now()
        locked.save(update_fields=["closed_at"])
        if locked.revealed_at is None and all_have_submitted(locked):
            turn_over(locked)
        else:
            assessment_moved(locked)
    return locked


@transaction.atomic
def assessment_admit(*, assessment: Assessment) -> Assessment:
    """Somebody may join again, after it was closed and before the turn."""
    locked = _locked(assessment)
    if locked.closed_at is not None and locked.revealed_at is None:
        locked.closed_at = None
        locked.save(update_fields=["closed_at"])
        assessment_moved(locked)
    return locked


@transaction.atomic
def assessment_delete(*, assessment: Assessment) -> None:
    """Erase it at once, with every wheel; its links say that it is gone. Twice is once."""
    try:
        # The assessment first, as for everything else: who answers at this moment waits for us.
        locked = _locked(assessment)
    except Gone:
        return
    _erase(locked)


def _erase(locked: Assessment) -> None:
    Departed.objects.get_or_create(code_digest=locked.code_digest)
    locked.delete()


@transaction.atomic
def assessments_purge(limit: int) -> int:
    """Erase what nobody visited for thirteen months; how many rows went.

    A time that another one follows stays as long as that one does.
    """
    last = timezone.localdate() - KEPT
    later = Assessment.objects.filter(follows=OuterRef("pk"))
    # Locked and looked at again by the lock itself: who comes back at this moment keeps it.
    old = Assessment.objects.select_for_update(of=("self",)).filter(
        ~Exists(later), visited_on__lt=last
    )
    gone = 0
    # The last times first; then those that nothing follows any more.
    while found := list(old.order_by("pk")[: limit - gone]):
        for assessment in found:
            _erase(assessment)
        gone += len(found)
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
        raise Gone
    return locked


lock = _locked
