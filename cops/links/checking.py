"""Checking what is due: one address after the other, no host twice within a second."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from cops.links.asking import Found, ask
from cops.links.enums import CERTAIN, Reason, State
from cops.links.inside import is_inside, look_up
from cops.links.models import LinkCheck

WEEK, DAY, HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)
FAILURES = 3  # in a row, a day apart, before an address is broken
EXCUSED = timedelta(days=180)
PER_HOST = 10  # addresses of one host in a run of a minute
RUN_SECONDS = 30.0
PAUSE_SECONDS = 1.0


def links_check_due(*, run_seconds: float = RUN_SECONDS) -> int:
    """The sweeper: check what is due, for half a minute at most; gives how many were checked."""
    end = time.monotonic() + run_seconds
    last: dict[str, float] = {}
    checked = 0
    for pk, url, host in _due():
        if time.monotonic() > end:
            break
        if host:
            time.sleep(max(0.0, last.get(host, 0.0) + PAUSE_SECONDS - time.monotonic()))
        # Put off first: a site that hangs until this run is killed does not stop the next one.
        LinkCheck.objects.filter(pk=pk).update(due_at=timezone.now() + HOUR)
        found = look_up(url) if is_inside(url) else ask(url)
        if host:
            last[host] = time.monotonic()
        # Each outcome is kept at once: a run that is killed loses one check.
        link_record(pk=pk, found=found)
        checked += 1
    return checked


def _due() -> list[tuple[int, str, str]]:
    """Some of each host, the hosts in turn, so that no one waits for another."""
    rank = Window(RowNumber(), partition_by=F("host"), order_by=[F("due_at").asc(), F("pk").asc()])
    rows = (
        LinkCheck.objects.filter(due_at__lte=timezone.now())
        .annotate(rank=rank)
        .filter(rank__lte=PER_HOST)
        .order_by("rank", "due_at", "pk")
    )
    return list(rows.values_list("pk", "url", "host"))


@transaction.atomic
def link_record(*, pk: int, found: Found) -> LinkCheck | None:
    """Keep what a check found; None when the address is used no more."""
    row = LinkCheck.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return None
    now = timezone.now()
    row.checked_at, row.status, row.target = now, found.status, found.target[:1_000]
    row.reason = found.reason
    if found.state == State.FAILING:
        _failed(row, found.reason, now)
    else:
        row.state, row.failures, row.failing_since = found.state, 0, None
        row.due_at = now + WEEK
        if found.state != State.UNSURE:
            row.excused_until = None
    row.save()
    return row


def _failed(row: LinkCheck, reason: Reason, now: datetime) -> None:
    row.failures = min(row.failures + 1, 9_999)
    row.failing_since = row.failing_since or now
    broken = reason in CERTAIN or row.failures >= FAILURES
    row.state = State.BROKEN if broken else State.FAILING
    row.due_at = now + (WEEK if broken else DAY)


def link_check_now(*, link: LinkCheck) -> LinkCheck:
    """Check one address at once, for somebody who waits for the answer."""
    found = look_up(link.url) if is_inside(link.url) else ask(link.url)
    return link_record(pk=link.pk, found=found) or link


@transaction.atomic
def link_excuse(*, link: LinkCheck) -> None:
    """Somebody looked and found the page good: nothing to be done for six months."""
    LinkCheck.objects.filter(pk=link.pk).update(excused_until=timezone.now() + EXCUSED)
