"""How long mails are kept: the text some days, the row a year."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from cops.mail.categories import KEEP_DAYS, categories
from cops.mail.enums import SETTLED
from cops.mail.models import Message

ROW_DAYS = 365


def texts_erase_old() -> int:
    """Empty the texts settled longer ago than their category keeps them. Gives the number."""
    now = timezone.now()
    known = {kind.key: kind.keep_days for kind in categories().values()}
    old = Q(settled_at__lt=now - timedelta(days=KEEP_DAYS)) & ~Q(category__in=known)
    for key, days in known.items():
        old |= Q(category=key, settled_at__lte=now - timedelta(days=days))
    return Message.objects.filter(old, state__in=SETTLED).exclude(text="").update(text="")


def rows_erase_old() -> int:
    """Erase what was settled more than a year ago. Gives the number."""
    limit = timezone.now() - timedelta(days=ROW_DAYS)
    erased, _ = Message.objects.filter(state__in=SETTLED, settled_at__lt=limit).delete()
    return erased
