"""Saying yes, changing one's mind, and knowing what somebody said yes to."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cops.accounts.models import Consent, ConsentText, User
from cops.accounts.purposes import Purpose, digest_of, find_purpose, purposes
from cops.secrets import digest

PROOF = "accounts.consent"
PROOF_KEPT = timedelta(days=5 * 365)


class UnknownPurpose(LookupError):
    """No app registered this purpose."""


class NeededConsent(ValueError):
    """The terms of use are not withdrawn: the account is closed instead."""


@transaction.atomic
def consent_give(*, user: User, purpose: str) -> Consent:
    """The person says yes to the present text of ``purpose``; a second yes changes nothing.

    A yes to a former text is ended, so that one text at a time counts. Raises UnknownPurpose.
    """
    found = _known(purpose)
    _lock(user)
    text = _kept_text(found)
    standing = Consent.objects.filter(user=user, purpose=purpose, withdrawn_at=None).first()
    if standing is not None:
        if standing.text_id == text.pk:
            return standing
        _end(standing)
    return Consent.objects.create(user=user, purpose=purpose, text=text)


@transaction.atomic
def consent_withdraw(*, user: User, purpose: str) -> bool:
    """The person changes their mind; False when there was nothing to withdraw.

    Raises NeededConsent for the terms of use, UnknownPurpose.
    """
    if _known(purpose).needed:
        raise NeededConsent(purpose)
    _lock(user)
    standing = Consent.objects.filter(user=user, purpose=purpose, withdrawn_at=None).first()
    if standing is not None:
        _end(standing)
    return standing is not None


def consents_archive(user: User) -> int:
    """Before the account is erased: each yes ends, and stays as a proof without the person."""
    rows = Consent.objects.filter(user=user)
    rows.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    return rows.update(user=None, former=digest(user.email, purpose=PROOF))


def proofs_purge(limit: int) -> int:
    """Erases the proofs that ended more than five years ago, ``limit`` at most; how many."""
    end = timezone.now() - PROOF_KEPT
    old = Consent.objects.filter(withdrawn_at__lt=end).order_by("pk")
    count, _ = Consent.objects.filter(pk__in=old.values("pk")[:limit]).delete()
    return count


def has_consented(user: User, purpose: str) -> bool:
    """True if the person said yes to the text as it is today."""
    return Consent.objects.filter(
        user=user, purpose=purpose, withdrawn_at=None, text__digest=_known(purpose).digest()
    ).exists()


def missing_terms(user: User) -> list[Purpose]:
    """The needed texts that this person did not accept yet, or that changed since."""
    return [one for one in purposes() if one.needed and not has_consented(user, one.key)]


def _known(purpose: str) -> Purpose:
    found = find_purpose(purpose)
    if found is None:
        raise UnknownPurpose(purpose)
    return found


def _lock(user: User) -> None:
    # Two clicks at once: the second waits, then finds what the first one wrote.
    User.objects.select_for_update().get(pk=user.pk)


def _kept_text(purpose: Purpose) -> ConsentText:
    text = purpose.text()
    kept, _ = ConsentText.objects.get_or_create(
        purpose=purpose.key, digest=digest_of(text), defaults={"text": text}
    )
    return kept


def _end(consent: Consent) -> None:
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
