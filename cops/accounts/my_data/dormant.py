"""Accounts that nobody uses: never confirmed after seven days, not opened for two years."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from cops.accounts.enums import Role
from cops.accounts.models import User
from cops.accounts.my_data import emails
from cops.accounts.my_data.leaving import account_erase_now
from cops.privacy.erasing import person_erase
from cops.privacy.models import InactivityNotice
from cops.privacy.retaining import retention_is_stopped

TWO_YEARS = timedelta(days=730)
NOTICE = timedelta(days=30)
UNVERIFIED = timedelta(days=7)
NIGHT = 500  # mails or erasures of one night: a wrong clock empties no portal


def dormant_notify() -> int:
    """Write to those who will have been away for two years in thirty days. Gives how many.

    The team is left out: an administrator closes its accounts.
    """
    if retention_is_stopped():
        return 0
    _forget_who_came_back()
    sleeping = _members().filter(
        _away_since(timezone.now() - TWO_YEARS + NOTICE), inactivity_notice=None
    )
    people = list(sleeping.order_by("last_login", "pk")[:NIGHT])
    for user in people:
        with transaction.atomic():
            notice, new = InactivityNotice.objects.get_or_create(user=user)
            if new:
                emails.dormant(user, notice=notice.pk, erased_on=timezone.now() + NOTICE)
    return len(people)


def dormant_erase() -> int:
    """Erase those who were written to thirty days ago and did not come. Gives how many."""
    if retention_is_stopped():
        return 0
    _forget_who_came_back()
    now = timezone.now()
    gone = _members().filter(
        _away_since(now - TWO_YEARS), inactivity_notice__sent_at__lt=now - NOTICE
    )
    people = list(gone.order_by("last_login", "pk")[:NIGHT])
    return sum(account_erase_now(user=user, scope="inactive") for user in people)


def unverified_erase() -> int:
    """Erase the sign-ups whose address nobody confirmed in seven days. Gives how many.

    No mail: the address may be that of somebody who asked for nothing.
    """
    if retention_is_stopped():
        return 0
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    never = User.objects.filter(
        Exists(addresses), ~Exists(addresses.filter(verified=True)),
        role=Role.MEMBER, last_login=None, joined_at__lt=timezone.now() - UNVERIFIED,
    )  # fmt: skip
    people = list(never.order_by("joined_at", "pk")[:NIGHT])
    return sum(person_erase(user=user, scope="unverified") for user in people)


def _members() -> QuerySet[User]:
    return User.objects.filter(role=Role.MEMBER, departure=None)


def _away_since(moment: datetime) -> Q:
    """Not signed in since then; who never did counts from the sign-up."""
    return Q(last_login__lt=moment) | Q(last_login=None, joined_at__lt=moment)


def _forget_who_came_back() -> None:
    InactivityNotice.objects.filter(user__last_login__gt=F("sent_at")).delete()


def note_return(user: User) -> None:
    """Coming back is enough: nothing will be erased."""
    InactivityNotice.objects.filter(user=user).delete()
