"""Taking the second factor of a person away: who has lost it and the recovery codes."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from cops.accounts.emails import second_factor_forgotten
from cops.accounts.models import User
from cops.audit import record

FACTOR_FORGOTTEN = "account.second_factor_forgotten"


@transaction.atomic
def second_factor_forget(*, user: User) -> int:
    """Removes factors and recovery codes, closes the sessions, tells the person. Gives how many.

    From the command line alone: who asks has been recognised by voice. The team must then
    choose a new one before any of its pages.
    """
    found = Authenticator.objects.filter(user=user)
    kinds = sorted(found.values_list("type", flat=True))
    if not kinds:
        return 0
    found.delete()
    _close_sessions(user)
    record(None, FACTOR_FORGOTTEN, user, {"second_factor": [", ".join(kinds), ""]})
    second_factor_forgotten(user.email)
    return len(kinds)


def _close_sessions(user: User) -> None:
    # All of them are read: a session tells whose it is nowhere but inside.
    for session in Session.objects.iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
    UserSession.objects.filter(user=user).delete()
