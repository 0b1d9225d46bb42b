"""The mails that belong to no app."""

from __future__ import annotations

from datetime import date
from typing import Any

from cops.mail import queue
from cops.mail.models import Message
from cops.todo.collecting import Group, count, late

MORNING = "todo"
SHOWN = 5  # lines of a group in a mail


def morning(user: Any, *, day: date, groups: list[Group]) -> Message | None:
    """What is to be done, each weekday at 8 h; the key holds back a second one on the same day."""
    return queue(
        to=user.email,
        template="cops/pages/emails/morning",
        context={
            "name": user.display_name,
            "groups": [(group, group.items[:SHOWN], group.count - SHOWN) for group in groups],
            "waiting": count(groups),
            "late": late(groups),
        },
        category=MORNING,
        dedupe_key=f"morning:{day.isoformat()}:{user.pk}",
        person=user,
    )
