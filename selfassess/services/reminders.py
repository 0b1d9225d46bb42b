"""The mail of six months after: asked for, taken back, sent once, then its address is erased.

The link to begin again holds the code and the secret, of which the base keeps prints alone
otherwise: it is encrypted.
"""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone

from cops.encryption import InvalidToken, decrypt, encrypt, reencrypt
from selfassess import emails
from selfassess.models import Assessment, Reminder
from selfassess.services.assessments import lock

BATCH = 200
MONTHS = 6

logger = logging.getLogger("selfassess.reminders")


@transaction.atomic
def reminder_ask(*, assessment: Assessment, email: str, link: str) -> Reminder:
    """Remind this address in six months; asked twice, it is asked once."""
    today = timezone.localdate()
    month = today.month + MONTHS
    due = today.replace(
        year=today.year + (month - 1) // 12, month=(month - 1) % 12 + 1, day=min(today.day, 28)
    )
    reminder, _ = Reminder.objects.update_or_create(
        assessment=lock(assessment),
        email=email.strip().lower(),
        defaults={"due_on": due, "link": encrypt(link)},
    )
    return reminder


def reminders_of(assessment: Assessment, secret: str) -> list[Reminder]:
    """Those that lead back to the place of this secret, the first due first.

    Nothing in clear ties an address to a place: each link of the assessment is read for that.
    """
    rows = assessment.reminders.order_by("due_on", "pk")
    return [one for one in rows if f"/{secret}/" in (_link(one) or "")]


@transaction.atomic
def reminders_forget(*, assessment: Assessment, secret: str) -> int:
    """« Ne plus me prévenir »: erase those of this place; how many. Twice, it is done once."""
    keys = [one.pk for one in reminders_of(assessment, secret)]
    return Reminder.objects.filter(pk__in=keys).delete()[0]


@transaction.atomic
def reminders_send() -> int:
    """Send those that are due, and forget their address; how many were sent."""
    due = (
        Reminder.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("assessment__version__grid")
        .filter(due_on__lte=timezone.localdate())
        .order_by("due_on", "pk")[:BATCH]
    )
    sent = 0
    for reminder in due:
        link = _link(reminder)
        if link is None:  # it waits for the key to be given back
            logger.error("no known key reads the link of reminder %s", reminder.pk)
            continue
        emails.again(reminder, link=link)
        reminder.delete()
        sent += 1
    return sent


def reminders_reencrypt() -> tuple[int, int]:
    """How many links were written under the newest key, and how many no known key could read."""
    done = lost = 0
    for pk in Reminder.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Reminder.objects.select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            try:
                row.link = reencrypt(row.link)
            except InvalidToken:
                lost += 1
            else:
                row.save(update_fields=["link"])
                done += 1
    return done, lost


def _link(reminder: Reminder) -> str | None:
    try:
        return decrypt(reminder.link)
    except InvalidToken:
        return None
