from __future__ import annotations

from django.db import models

from cops.audit.models import Entry, EntryQuerySet


def trail(obj: models.Model) -> EntryQuerySet:
    """The entries of an object with who did them, the last first: one query, to be sliced."""
    return Entry.objects.about(obj).select_related("actor")
