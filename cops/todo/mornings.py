"""When the morning mail is due: by the calendar of Paris, not by hours that went by."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cops.todo.models import MorningRun

EIGHT, TOO_LATE = time(8), time(18)
RUNS_KEPT = timedelta(days=400)
SATURDAY = 5


def morning_due(now: datetime) -> date | None:
    """The day whose mail is to be sent at this moment, if any.

    From Monday to Friday, from 8 h on: a worker that was away in the morning sends it when it is
    back, until 18 h. What was not sent by then is told the next morning.
    """
    here = timezone.localtime(now)
    if here.weekday() >= SATURDAY or not EIGHT <= here.time() < TOO_LATE:
        return None
    day = here.date()
    return None if MorningRun.objects.filter(day=day).exists() else day


def morning_take(day: date) -> MorningRun | None:
    """The run of this day, for this worker alone; None when another one has it.

    Call it in the transaction that queues the mails: both are there, or neither.
    """
    run, new = MorningRun.objects.get_or_create(day=day)
    MorningRun.objects.filter(day__lt=day - RUNS_KEPT).delete()
    return run if new else None
