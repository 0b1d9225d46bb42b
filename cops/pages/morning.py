"""The morning mail of the team: what « À traiter » holds, when it holds something."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from cops.accounts.perms import TEAM
from cops.mail.suppressions import is_suppressed
from cops.pages.emails import MORNING, morning
from cops.todo.collecting import collect
from cops.todo.models import MorningRun
from cops.todo.mornings import morning_due, morning_take


def morning_send() -> MorningRun | None:
    """Queue the mails of today if they are due; a day with nothing to do sends none.

    Run every minute; the row of the day and the keys of the mails hold back a second time.
    """
    day = morning_due(timezone.now())
    if day is None:
        return None
    people = get_user_model().objects.filter(role__in=TEAM, is_active=True, departure=None)
    # Before the transaction: a source whose statement fails would end it for all.
    work = [(user, collect(user)) for user in people.order_by("pk")]
    with transaction.atomic():
        run = morning_take(day)
        if run is None:
            return None
        run.people = len(work)
        for user, groups in work:
            if groups and not is_suppressed(user.email, MORNING):
                run.mails += morning(user, day=day, groups=groups) is not None
        run.save(update_fields=["people", "mails"])
    return run
