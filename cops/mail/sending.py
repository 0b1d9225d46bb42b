"""Emptying the outbox: claim a few mails, send them over one connection, again until none is due.

A worker killed at any moment leaves at most one mail whose fate is not known: the one being
transmitted. What it had claimed besides goes back when its lease ends (`cops.mail.sweeping`).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings

from cops.background import dispatch
from cops.mail import outbox
from cops.mail.categories import forgets, keep_days_of
from cops.mail.enums import State, SuppressionReason
from cops.mail.outbox import Outcome, Row, outcome_retry
from cops.mail.queueing import SUPPRESSED
from cops.mail.retention import messages_leave_nothing
from cops.mail.suppressions import suppression_add
from cops.mail.transports import Away, Letter, Transport, transport
from cops.secrets import random_name

logger = logging.getLogger("cops.mail")

BATCH = 50
# Seconds: less than a worker told to stop is given to end what it began.
BUDGET = 15.0
# Seconds without a new try once the server was found away: its silence must not hold every worker.
PAUSE = 15.0
LANES = 4  # workers that one big mailing calls, at most
STRIKES = 2  # mails in a row that end with a lost connection, before we leave the server alone
_away_until = 0.0


def outbox_send(*, rank: int = 0) -> int:
    """Send what is due for some seconds, then pass on what is left. Gives how many left.

    ``rank``: how many workers were called before this one for the same wave; each that finds
    a whole batch calls the next, so that several share a big mailing.
    """
    global _away_until
    if time.monotonic() < _away_until:
        return 0
    sending = Sending(transport())
    end = time.monotonic() + BUDGET
    called = rank + 1 >= LANES
    try:
        while (size := sending.batch()) and not sending.away:
            if size == BATCH and not called:
                dispatch("cops.mail.send", rank + 1)
                called = True
            if time.monotonic() > end:
                dispatch("cops.mail.send", LANES)
                break
    finally:
        sending.way.close()
    if sending.away:
        _away_until = time.monotonic() + PAUSE
        logger.error("the mail server does not take mails: %s", sending.away)
    return sending.accepted


class Sending:
    """One connection, and the batches that leave over it."""

    def __init__(self, way: Transport) -> None:
        self.way = way
        self.token = ""
        self.accepted = 0
        self.fresh = True  # no mail went through this connection yet
        self.strikes = 0
        self.away = ""  # why the server was left alone

    def batch(self) -> int:
        """Claim and send one batch; how many mails were claimed."""
        self.token = random_name()
        rows = outbox.claim(token=self.token, limit=BATCH)
        if not rows:
            return 0
        limit = time.monotonic() + settings.MAIL_LEASE.total_seconds() / 2
        try:
            if self._connect():
                self._send(list(self._letters(rows)), limit)
        finally:
            # What was not begun. The one being transmitted, should we fail now, is uncertain.
            outbox.release(token=self.token)
        if any(forgets(row.category) for row in rows):
            messages_leave_nothing()
        return len(rows)

    def _letters(self, rows: list[Row]) -> Iterator[Letter]:
        """The batch ready to leave: nothing is built between two mails."""
        for row in rows:
            try:
                yield self.way.prepare(row)
            except Exception as error:
                # Whatever is wrong with one mail holds back no other.
                logger.exception("mail %s cannot be built", row.id)
                reason = f"Ce courriel n’a pas pu être composé ({type(error).__name__})."
                outbox.settle(row, Outcome(State.REFUSED, reason), token=self.token)

    def _send(self, letters: list[Letter], limit: float) -> None:
        done: tuple[Row, Outcome] | None = None
        try:
            for letter in letters:
                if self.away or time.monotonic() > limit:
                    break
                previous, done = done, None
                if self._begin(previous, letter.row):
                    done = letter.row, self._deliver(letter)
        finally:
            if done:
                outbox.settle(*done, token=self.token)

    def _begin(self, previous: tuple[Row, Outcome] | None, row: Row) -> bool:
        """In one commit: what became of one mail, and that the next is being transmitted."""
        _, begun = outbox.step(token=self.token, previous=previous, following=row)
        if not begun:
            # Unwanted since it was queued. Or ours no longer: then nothing is written.
            unwanted = Outcome(State.SKIPPED, SUPPRESSED, erase=True, tried=False)
            outbox.settle(row, unwanted, token=self.token)
        return begun

    def _deliver(self, letter: Letter) -> Outcome:
        """Send it, over a new connection when the one at hand had had its day."""
        row = letter.row
        while self._connect():
            try:
                outcome = self.way.send(letter)
            except Away as error:
                if error.everyone:
                    self.away = str(error)
                elif self.fresh:
                    self._strike(str(error))
                    return outcome_retry(row, str(error))
                continue
            self.fresh = False
            return self._noted(row, outcome)
        # Nothing of it was given to the server: it waits for the next try like the others.
        return Outcome(State.PREPARED, tried=False)

    def _noted(self, row: Row, outcome: Outcome) -> Outcome:
        if outcome.state == State.UNCERTAIN:
            self._strike(outcome.reason)
            return outcome
        self.strikes = 0
        if outcome.state == State.ACCEPTED:
            self.accepted += 1
            return replace(outcome, erase=not keep_days_of(row.category))
        if outcome.no_address and row.bulk:
            suppression_add(address=row.to, category=row.category, reason=SuppressionReason.BOUNCE)
        return outcome

    def _strike(self, reason: str) -> None:
        self.strikes += 1
        if self.strikes >= STRIKES:
            self.away = reason

    def _connect(self) -> bool:
        """Whether there is a connection; a new one when there was none."""
        if self.away:
            return False
        try:
            self.fresh = self.way.open() or self.fresh
        except Away as error:
            self.away = str(error)
        return not self.away
