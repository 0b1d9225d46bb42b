"""The statements that move a mail from one state to another; each commits by itself.

They are SQL: several workers take rows at once (SKIP LOCKED), and a mail costs one commit,
the outcome of one and the « transmitting » of the next being written together. The states
from which each may start are those of TRANSITIONS. The clock is the database's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection

from cops.mail.enums import SETTLED, WAITING, State, sources
from cops.mail.models import MOST_ATTEMPTS
from cops.mail.suppressions import address_hashes

# After the first try, the second…: a server that is full, or that lets strangers wait.
DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=20), timedelta(hours=2))


class Row(NamedTuple):
    """A claimed mail, with what is needed to send it."""

    id: int
    public_id: str
    to: str
    category: str
    bulk: bool
    subject: str
    text: str
    reply_to: str
    attempts: int


@dataclass(frozen=True)
class Outcome:
    """What became of a mail that was being transmitted."""

    state: State
    reason: str = ""
    delay: timedelta | None = None
    erase: bool = False  # the text too
    tried: bool = True  # it counts as an attempt
    no_address: bool = False  # the server says that nobody is there


def outcome_retry(row: Row, reason: str) -> Outcome:
    """Again later, or parked after the last try."""
    return Outcome(State.RETRY, reason, delay=_delay(row))


def outcome_uncertain(row: Row, reason: str) -> Outcome:
    """It may have arrived: sent again with the same Message-ID, but for a bulk one."""
    return Outcome(State.UNCERTAIN, reason, delay=None if row.bulk else _delay(row))


def _delay(row: Row) -> timedelta | None:
    return DELAYS[row.attempts] if row.attempts + 1 < MOST_ATTEMPTS else None


_CLAIM = f"""
WITH due AS (
    SELECT id FROM mail_message
    WHERE state IN ({", ".join(f"'{state}'" for state in WAITING)})
      AND not_before <= statement_timestamp()
    ORDER BY bulk, not_before, id
    LIMIT %(limit)s
    FOR UPDATE SKIP LOCKED
)
UPDATE mail_message AS mail
SET state = 'claimed', claim = %(claim)s, lease_until = statement_timestamp() + %(lease)s
FROM due WHERE mail.id = due.id
RETURNING {", ".join(f"mail.{field}" for field in Row._fields)}, mail.not_before
"""  # noqa: S608  (names of ours)

_STEP = """
WITH settled AS (
    UPDATE mail_message SET
        state = %(state)s,
        reason = %(reason)s,
        attempts = attempts + %(tried)s,
        not_before = CASE WHEN %(keeps_time)s THEN not_before
                     ELSE statement_timestamp() + %(delay)s END,
        settled_at = CASE WHEN %(settles)s THEN statement_timestamp() END,
        text = CASE WHEN %(erase)s THEN '' ELSE text END,
        claim = '', lease_until = NULL
    WHERE id = %(previous)s AND claim = %(claim)s AND state = ANY(%(sources)s)
    RETURNING id
), begun AS (
    UPDATE mail_message
    SET state = 'transmitting', lease_until = statement_timestamp() + %(lease)s
    WHERE id = %(following)s AND claim = %(claim)s AND state = 'claimed'
      AND NOT EXISTS (
        SELECT 1 FROM mail_suppression
        WHERE category = %(category)s AND address_hash = ANY(%(hashes)s)
      )
    RETURNING id
)
SELECT EXISTS (SELECT 1 FROM settled), EXISTS (SELECT 1 FROM begun)
"""

_RELEASE = """
UPDATE mail_message SET state = 'prepared', claim = '', lease_until = NULL
WHERE claim = %(claim)s AND state = 'claimed'
"""

_LAPSE_CLAIMED = """
UPDATE mail_message SET state = 'prepared', claim = '', lease_until = NULL
WHERE state = 'claimed' AND lease_until < statement_timestamp()
"""

_LAPSE_TRANSMITTING = """
UPDATE mail_message SET
    state = 'uncertain',
    reason = %(reason)s,
    attempts = attempts + 1,
    not_before = CASE WHEN bulk OR attempts + 1 >= %(most)s THEN NULL
                 ELSE statement_timestamp() END,
    claim = '', lease_until = NULL
WHERE state = 'transmitting' AND lease_until < statement_timestamp()
"""

# No transition of TRANSITIONS: a restored backup is not the following moment of anything.
_HOLD_RESTORED = """
UPDATE mail_message SET
    state = 'uncertain', reason = %(reason)s, not_before = NULL, claim = '', lease_until = NULL
WHERE settled_at IS NULL AND NOT (state = 'uncertain' AND not_before IS NULL)
"""

RESTORED = "En attente quand la sauvegarde a été faite : peut-être parti depuis."
LAPSED = "Le travail a été coupé pendant l’envoi."


def claim(*, token: str, limit: int) -> list[Row]:
    """Take the mails that are due, at most ``limit``, in the order in which they leave."""
    found = _all(_CLAIM, {"limit": limit, "claim": token, "lease": settings.MAIL_LEASE})
    rows = [(row[-1], Row._make(row[:-1])) for row in found]
    # RETURNING has no order.
    return [row for _, row in sorted(rows, key=lambda pair: (pair[1].bulk, pair[0], pair[1].id))]


def step(
    *,
    token: str,
    previous: tuple[Row, Outcome] | None = None,
    following: Row | None = None,
) -> tuple[bool, bool]:
    """In one commit: what became of one mail, and that the next is about to be transmitted.

    Whether each of the two was written. The next is not when its address no longer wants it
    (looked at here, just before sending) or when our lease had ended.
    """
    outcome = previous[1] if previous else Outcome(State.PREPARED)
    [(settled, begun)] = _all(
        _STEP,
        {
            "claim": token,
            "previous": previous[0].id if previous else None,
            "state": outcome.state.value,
            "reason": outcome.reason[:300],
            "tried": int(outcome.tried),
            "delay": outcome.delay,
            "keeps_time": outcome.state == State.PREPARED,
            "settles": outcome.state in SETTLED,
            "erase": outcome.erase,
            "sources": sources(outcome.state),
            "following": following.id if following else None,
            "category": following.category if following else "",
            "hashes": address_hashes(following.to) if following else [],
            "lease": settings.MAIL_LEASE,
        },
    )
    return settled, begun


def settle(row: Row, outcome: Outcome, *, token: str) -> bool:
    """Write the outcome of one mail; False when our lease had ended."""
    return step(token=token, previous=(row, outcome))[0]


def release(*, token: str) -> int:
    """Give back what was claimed and not begun."""
    return _run(_RELEASE, {"claim": token})


def lapse() -> tuple[int, int]:
    """Leases that ended: how many went back to prepared, how many are uncertain."""
    return _run(_LAPSE_CLAIMED, {}), _run(
        _LAPSE_TRANSMITTING, {"reason": LAPSED, "most": MOST_ATTEMPTS}
    )


def hold_restored() -> int:
    """After a backup is put back: what it holds as waiting may have left since. Gives how many.

    Each then waits for a person, who sends it or gives it up.
    """
    return _run(_HOLD_RESTORED, {"reason": RESTORED})


def _all(statement: str, values: dict[str, Any]) -> Sequence[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def _run(statement: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount
