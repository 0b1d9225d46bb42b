"""What « À traiter » says of mails."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from cops.mail.deciding import parked
from cops.mail.overview import lines_of
from cops.mail.sweeping import LONGEST_WAIT, oldest_wait
from cops.todo import LIMIT, Item, Urgency


def to_do(user: object) -> list[Item]:
    """Mails that wait for a decision; first, that none leaves any more. Two statements."""
    page = reverse("pages:mails")
    wait = oldest_wait()
    items = []
    if wait > LONGEST_WAIT:
        since = timezone.now() - wait
        items.append(Item("Les courriels ne partent plus", page, since, Urgency.LATE))
    rows = parked().defer("text").order_by("created_at", "pk")[: LIMIT - 1]
    return items + [
        Item(
            f"{line.subject or line.category} : {line.words.lower()}",
            page,
            line.created_at,
            detail=line.category,
        )
        for line in lines_of(rows)
    ]
