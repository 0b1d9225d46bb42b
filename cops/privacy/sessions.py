"""The sessions of a person, which Django keeps under a random key and nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

CHUNK = 500


def sessions_close(user: Any) -> int:
    """End every session of this person, and those in which their address was being typed.

    Gives how many. A session is read to know whose it is: there are a few hundred.
    """
    theirs = [
        session.session_key
        for session in Session.objects.iterator(chunk_size=CHUNK)
        if _is_of(session.get_decoded(), user)
    ]
    Session.objects.filter(pk__in=theirs).delete()
    return len(theirs)


def _is_of(content: dict[str, Any], user: Any) -> bool:
    return content.get(SESSION_KEY) == str(user.pk) or user.email in repr(content)


def sessions_erase_over(limit: int) -> int:
    """Erase at most ``limit`` sessions whose time has passed. Gives how many."""
    over = Session.objects.filter(expire_date__lt=timezone.now())
    keys = list(over.order_by("expire_date").values_list("pk", flat=True)[:limit])
    Session.objects.filter(pk__in=keys).delete()
    return len(keys)
