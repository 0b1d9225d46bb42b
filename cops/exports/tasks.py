from __future__ import annotations

from celery import shared_task

from cops.exports.running import export_run
from cops.exports.tidying import exports_clear_leftovers

# The message is taken off the queue at once: the lease in the row, and the sweeper, bring back
# what a killed worker held, and no second worker meets a message older than the broker's patience.
SOFT_SECONDS, HARD_SECONDS = 600, 630


@shared_task(
    name="cops.exports.make",
    acks_late=False,
    soft_time_limit=SOFT_SECONDS,
    time_limit=HARD_SECONDS,
)
def make(pk: int) -> None:
    export_run(pk)


@shared_task(name="cops.exports.clear_leftovers", soft_time_limit=60, time_limit=90)
def clear_leftovers() -> None:
    exports_clear_leftovers()
