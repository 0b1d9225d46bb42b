"""What the team reads about mails. Never their text: it may hold a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from cops.formats import count_fr
from cops.mail.categories import forgotten, keep_days_of, label_of
from cops.mail.deciding import parked
from cops.mail.enums import HELD, WAITING, State, SuppressionReason
from cops.mail.models import Message, Suppression
from cops.mail.sweeping import LONGEST_WAIT, oldest_wait

HIDDEN = "adresse non montrée"
TROUBLE = (State.RETRY, State.UNCERTAIN, State.REFUSED)


@dataclass(frozen=True)
class Counts:
    """How many mails stand where, since the oldest kept."""

    by_state: dict[str, int]
    decide: int  # waits for a person
    oldest: timedelta

    @property
    def waiting(self) -> int:
        """To leave, or leaving."""
        return sum(self.by_state[state] for state in (*WAITING, *HELD)) - self.decide

    @property
    def late(self) -> bool:
        """They do not leave: the operator is to be told."""
        return self.oldest > LONGEST_WAIT

    @property
    def oldest_words(self) -> str:
        """« moins d’une minute », « 14 minutes », « 3 heures »."""
        minutes = int(self.oldest.total_seconds() // 60)
        if not minutes:
            return "moins d’une minute"
        return count_fr(minutes, "minute") if minutes < 120 else count_fr(minutes // 60, "heure")


def counts() -> Counts:
    """Two statements."""
    rows = Message.objects.order_by().values("state", waits=Q(not_before=None))
    by_state, decide = dict.fromkeys(State.values, 0), 0
    for row in rows.annotate(number=Count("pk")):
        by_state[row["state"]] += row["number"]
        if row["waits"] and row["state"] in WAITING:
            decide += row["number"]
    return Counts(by_state, decide, oldest_wait())


@dataclass(frozen=True)
class Line:
    """One mail of the team's table."""

    public_id: str
    to: str
    category: str
    subject: str
    state: str
    words: str  # how it stands
    parked: bool
    uncertain: bool
    attempts: int
    reason: str
    created_at: datetime
    again: datetime | None  # the next try of what was tried already


def to_decide(limit: int = 100) -> list[Line]:
    """What waits for a person, the oldest first."""
    return lines_of(parked().defer("text").order_by("created_at", "pk")[:limit])


def messages(state: str = "") -> QuerySet[Message]:
    """Those of a state, the last first; of any trouble when no state is named."""
    rows = Message.objects.filter(state__in=[state] if state in State.values else TROUBLE)
    return rows.defer("text").order_by("-created_at", "-pk")


def lines_of(rows: QuerySet[Message] | list[Message]) -> list[Line]:
    unsaid = forgotten()
    return [
        Line(
            public_id=row.public_id,
            # Of a mail that leaves nothing behind, whom it is for is not told either.
            to=HIDDEN if row.category in unsaid else row.to,
            category=label_of(row.category),
            # What holds a code may tell it in its subject too.
            subject=row.subject if keep_days_of(row.category) else "",
            state=row.state,
            words=_words(row),
            parked=row.parked,
            uncertain=row.state == State.UNCERTAIN,
            attempts=row.attempts,
            reason=row.reason,
            created_at=row.created_at,
            again=row.not_before if row.state in (State.RETRY, State.UNCERTAIN) else None,
        )
        for row in rows
    ]


def _words(row: Message) -> str:
    tried = row.state == State.RETRY and row.parked
    return "Non parti" if tried else State(row.state).label


def suppressed() -> list[tuple[str, str, int]]:
    """How many addresses are set aside: category, reason, number."""
    rows = Suppression.objects.values("category", "reason").annotate(number=Count("pk"))
    return [
        (label_of(row["category"]), SuppressionReason(row["reason"]).label, row["number"])
        for row in rows.order_by("category", "reason")
    ]
