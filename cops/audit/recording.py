from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from cops.audit.actions import actions
from cops.audit.models import Entry


def record(
    actor: Any,
    action: str,
    obj: models.Model | None,
    changes: Mapping[str, Any] | None = None,
) -> Entry:
    """Add an entry to the journal, in the caller's transaction.

    ``actor``: a user, or None (the portal itself, or a person without an account; an anonymous
    visitor counts as None). ``changes``: ``{"field": [old, new]}``. Raises ValueError for an
    action that nobody declared or an object that is not saved.
    """
    if action not in actions():
        raise ValueError(f"{action!r} is not declared: see cops.audit.register_action")
    if obj is not None and obj.pk is None:
        raise ValueError(f"{obj!r} is not saved yet")
    entry = Entry(
        actor_id=getattr(actor, "pk", None),
        action=action,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        changes=dict(changes or {}),
    )
    entry.save(force_insert=True)
    return entry
