"""What the sheet of a remarkable experience says of its bearer: does it go on, can one write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from cops.http.addresses import address
from resources.enums import Kind, OngoingAnswer
from resources.models import OngoingQuestion, Proposal, Resource


@dataclass(frozen=True)
class Bearer:
    """``said_on`` and ``goes_on`` are None as long as nobody answered; ``write`` may be empty."""

    said_on: datetime | None
    goes_on: bool | None
    write: str


def bearer_of(resource: Resource) -> Bearer | None:
    """None for a sheet that nobody proposed. One statement, for an experience alone."""
    if resource.kind != Kind.EXPERIENCE:
        return None
    last = OngoingQuestion.objects.filter(
        proposal=OuterRef("pk"), answered_at__isnull=False
    ).order_by("-answered_at", "-pk")
    row = (
        Proposal.objects.filter(resource=resource)
        .values_list(
            "may_be_contacted",
            Subquery(last.values("answered_at")[:1]),
            Subquery(last.values("answer")[:1]),
        )
        .first()
    )
    if row is None:
        return None
    may_be_contacted, said_on, answer = row
    return Bearer(
        said_on=said_on,
        goes_on=None if answer is None else answer == OngoingAnswer.YES,
        write=address("resources:write_to_bearer", resource.slug) if may_be_contacted else "",
    )
