"""Leaving: asked for, hidden at once, erased seven days later, with a last word."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cops.accounts.enums import Role
from cops.accounts.models import User
from cops.accounts.my_data import emails
from cops.audit import record
from cops.background import dispatch
from cops.mail.enums import SETTLED
from cops.mail.models import Message
from cops.privacy.departures import departure_ask, departure_cancel, departure_end, departures_due
from cops.privacy.erasing import person_erase
from cops.privacy.journal import subject_of
from cops.privacy.models import Departure
from cops.privacy.retaining import retention_is_stopped
from cops.privacy.sessions import sessions_close

LEAVING, STAYED = "account.leaving", "account.stayed"
NIGHT = 500  # people erased in one night at most
LAST_WORD_KEPT = timedelta(days=7)  # when it cannot be sent


class LastAdministrator(Exception):
    """Nobody else could give the keys of the portal to anybody."""


def account_leave(*, user: User, by: User | None = None) -> Departure:
    """Note that this person leaves: everything of theirs is hidden, their sessions are closed.

    ``by``: the administrator who asks for them. Asked twice, it is one departure. Raises
    LastAdministrator.
    """
    with transaction.atomic():
        _check_keys(user)
        departure, asked = departure_ask(user=user)
        if asked:
            record(by or user, LEAVING, user)
            emails.leaving(user, departure=departure, by_team=by is not None)
        sessions_close(user)
    return departure


def _check_keys(user: User) -> None:
    if user.role != Role.ADMINISTRATOR:
        return
    # All of them, in one order: two who leave at the same moment wait for each other here.
    keys = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
    others = {one.pk for one in keys.order_by("pk")} - {user.pk}
    if others <= set(Departure.objects.values_list("user_id", flat=True)):
        raise LastAdministrator


def account_stay(*, user: User) -> bool:
    """The person changed their mind: everything is as before. False when nothing was asked."""
    with transaction.atomic():
        departure = Departure.objects.filter(user=user).first()
        if departure is None or not departure_cancel(user=user):
            return False
        record(user, STAYED, user)
        emails.stayed(user, departure=departure)
    return True


def accounts_end_departed() -> int:
    """Ask for the erasure of those whose day has come. Gives how many."""
    if retention_is_stopped():
        return 0
    due = departures_due(NIGHT)
    for departure in due:
        dispatch("cops.accounts.end_departed", departure.pk)
    return len(due)


def account_end_departed(*, departure_pk: int) -> bool:
    """Erase one of them, and write to them one last time."""
    departure = Departure.objects.select_related("user").filter(pk=departure_pk).first()
    if departure is None or retention_is_stopped():
        return False
    address, key = departure.user.email, subject_of(departure.user)
    with transaction.atomic():
        if not departure_end(departure=departure):
            return False
        emails.farewell(address, key=key)
    return True


def account_erase_now(*, user: User, scope: str) -> bool:
    """Erase an account that the person let go, with a last word to their address."""
    address, key = user.email, subject_of(user)
    with transaction.atomic():
        if not person_erase(user=user, scope=scope):
            return False
        emails.farewell(address, key=key)
    return True


def last_words_forget() -> int:
    """Erase the last mails that left: they hold the only address still known. Gives how many."""
    old = timezone.now() - LAST_WORD_KEPT
    words = Message.objects.filter(template=emails.FAREWELL)
    erased, _ = (words.filter(state__in=SETTLED) | words.filter(created_at__lt=old)).delete()
    return erased
