"""What Django's administration writes of each save, under the name that the object had then."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from cops.audit.models import ERASED


def log_entries_forget(user: Any) -> int:
    """Erase the entries of a person who leaves, and empty those that others wrote of them.

    That their account was changed, by whom and when, stays under its number. Gives the number
    of rows.
    """
    erased, _ = LogEntry.objects.filter(user_id=user.pk).delete()
    # A word all the same: the first page of the administration makes a link of it.
    kind = ContentType.objects.get_for_model(user)
    of_them = LogEntry.objects.filter(content_type=kind, object_id=str(user.pk))
    return erased + of_them.update(object_repr=ERASED, change_message="")
