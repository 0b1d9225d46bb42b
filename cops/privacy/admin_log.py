"""What Django's administration writes of each save, under the name that the object had then."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType


def log_entries_forget(user: Any) -> int:
    """Erase the entries of a person who leaves, and empty those that others wrote of them.

    That their account was changed, by whom and when, stays under its number. Gives the number
    of rows.
    """
    erased, _ = LogEntry.objects.filter(user_id=user.pk).delete()
    kind = ContentType.objects.get_for_model(user)
    of_them = LogEntry.objects.filter(content_type=kind, object_id=str(user.pk))
    return erased + of_them.update(object_repr="", change_message="")
