"""How long mails are kept: the text some days, the row a year."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cops.mail.categories import KEEP_DAYS, categories, forgotten
from cops.mail.enums import SETTLED
from cops.mail.models import Message

ROW_DAYS = 365


def messages_leave_nothing() -> int:
    """Erase the settled mails of the categories that keep none, address included."""
    kinds = forgotten()
    if not kinds:
        return 0
    return Message.objects.filter(state__in=SETTLED, category__in=kinds).delete()[0]


def messages_erase_old(limit: int) -> int:
    """Empty the texts, then erase the rows, that are past their time: at most ``limit`` rows.

    Gives how many. What is not settled stays, however old: nothing queued is lost.
    """
    # Those that a worker killed just after it sent them left behind.
    messages_leave_nothing()
    emptied = _first(_with_old_texts(), limit).update(text="")
    if emptied >= limit:
        return emptied
    old = timezone.now() - timedelta(days=ROW_DAYS)
    rows = Message.objects.filter(state__in=SETTLED, settled_at__lt=old)
    erased, _ = _first(rows, limit - emptied).delete()
    return emptied + erased


def messages_forget(user: Any) -> int:
    """Erase the mails to and about a person who leaves, and their address in those to others.

    What they wrote to the team and has left goes too. Gives the number of rows.
    """
    theirs = Message.objects.filter(Q(person=user) | Q(to__iexact=user.email))
    erased, _ = theirs.delete()
    to_others = Message.objects.filter(reply_to__iexact=user.email)
    told = to_others.filter(state__in=SETTLED).update(reply_to="", text="")
    return erased + told + to_others.update(reply_to="")


def _with_old_texts() -> QuerySet[Message]:
    now = timezone.now()
    known = {kind.key: kind.keep_days for kind in categories().values()}
    old = Q(settled_at__lt=now - timedelta(days=KEEP_DAYS)) & ~Q(category__in=known)
    for key, days in known.items():
        old |= Q(category=key, settled_at__lte=now - timedelta(days=days))
    return Message.objects.filter(old, state__in=SETTLED).exclude(text="")


def _first(rows: QuerySet[Message], limit: int) -> QuerySet[Message]:
    """The oldest of them; neither UPDATE nor DELETE knows LIMIT."""
    numbers = rows.order_by("settled_at", "pk").values("pk")[:limit]
    return Message.objects.filter(pk__in=list(numbers.values_list("pk", flat=True)))
