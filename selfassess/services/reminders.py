"""The mail of six months after: sent once, then its address is erased."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from selfassess import emails
from selfassess.models import Reminder

BATCH = 200


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
        emails.again(reminder)
        reminder.delete()
        sent += 1
    return sent
