"""The two readings of a proposal: asked by a secret link, sent once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cops import audit
from cops.secrets import digest, digests, random_name
from resources import emails
from resources.enums import ProposalState, ReaderRole, ReadingCriterion
from resources.models import Proposal, ProposalReading

PURPOSE = "resources.reading"
DAYS = timedelta(days=30)  # that a link of a reader opens
KEPT = timedelta(days=365)


def reading_of(secret: str) -> ProposalReading | None:
    """The reading that this link opens, while it is still asked for; None for any other link."""
    reading = (
        ProposalReading.objects.select_related("proposal")
        .filter(digest__in=digests(secret, purpose=PURPOSE))
        .first()
    )
    if reading is None or (reading.sent_at is None and not _is_open(reading)):
        return None
    return reading


def _is_open(reading: ProposalReading) -> bool:
    return reading.expires_at > timezone.now() and reading.proposal.state == ProposalState.READING


@transaction.atomic
def reading_ask(
    *, proposal: Proposal, actor: Any, role: ReaderRole, email: str, name: str = ""
) -> ProposalReading:
    """Ask somebody to read: they get a link by mail. Asked again, the former link is void.

    Raises ValidationError when the proposal is not to be read, or was read in this role; of the
    field « email » when this person is the other reader, or tells the experience.
    """
    locked = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    if locked.state not in (ProposalState.SENT, ProposalState.READING):
        raise ValidationError("Cette expérience n’est pas à lire en ce moment.", code="transition")
    secret = random_name()
    reading = locked.readings.filter(role=role).first() or ProposalReading(
        proposal=locked, role=role
    )
    if reading.sent_at is not None:
        raise ValidationError("Cette lecture est déjà faite.", code="sent")
    _check_reader(locked, role, email)
    reading.digest = digest(secret, purpose=PURPOSE)
    reading.reader_email, reading.reader_name = email, name
    reading.expires_at = timezone.now() + DAYS
    reading.full_clean(exclude=["proposal", "digest"])
    reading.save()
    if locked.state == ProposalState.SENT:
        locked.state = ProposalState.READING
        locked.save(update_fields=["state", "changed_at"])
    audit.record(actor, "resources.reading_asked", locked, {"lecture": [None, str(role)]})
    emails.reading_asked(reading, secret)
    return reading


def _check_reader(proposal: Proposal, role: ReaderRole, email: str) -> None:
    """Two readings are worth something when two people make them, and neither tells it."""
    same = email.strip().casefold()
    if same == proposal.contact_email.casefold():
        words = "Cette personne raconte l’expérience : demandez à quelqu’un d’autre de la lire."
    elif any(one.reader_email.casefold() == same for one in proposal.readings.exclude(role=role)):
        words = (
            "Cette personne fait déjà l’autre lecture : il en faut deux, une patiente ou un"
            " proche, et une professionnelle ou un professionnel."
        )
    else:
        return
    raise ValidationError({"email": ValidationError(words, code="same_person")})


@transaction.atomic
def reading_send(
    *, reading: ProposalReading, marks: dict[str, int | None], words: str
) -> ProposalReading:
    """Keep the marks of a reader, once. Raises ValidationError when it is sent or closed."""
    locked = (
        ProposalReading.objects.select_for_update(of=("self",))
        .select_related("proposal")
        .get(pk=reading.pk)
    )
    if locked.sent_at is not None:
        raise ValidationError("Votre lecture est déjà envoyée. Merci !", code="sent")
    if not _is_open(locked):
        raise ValidationError("Cette lecture est close.", code="closed")
    _check(marks)
    locked.marks, locked.words, locked.sent_at = marks, words, timezone.now()
    locked.save(update_fields=["marks", "words", "sent_at"])
    audit.record(None, "resources.reading_sent", locked.proposal, {"lecture": [None, locked.role]})
    return locked


def _check(marks: dict[str, int | None]) -> None:
    if set(marks) != set(ReadingCriterion.values):
        raise ValidationError("Il manque une réponse.")
    if any(mark is not None and mark not in range(5) for mark in marks.values()):
        raise ValidationError("Une note va de 0 à 4.")


@transaction.atomic
def readings_forget(limit: int) -> int:
    """Forget who was asked to read, a year after; how many rows changed."""
    old = ProposalReading.objects.filter(invited_at__lt=timezone.now() - KEPT).exclude(
        reader_email=""
    )
    return _forget(old.order_by("pk").values_list("pk", flat=True)[:limit])


def readings_forget_person(user: Any) -> int:
    """Forget a reader who leaves; the marks stay and name nobody."""
    return _forget(
        ProposalReading.objects.filter(reader_email__iexact=user.email).values_list("pk", flat=True)
    )


def _forget(keys: Any) -> int:
    return ProposalReading.objects.filter(pk__in=list(keys)).update(reader_name="", reader_email="")
