from celery import shared_task

from cops.counters.retention import misses_erase_old


@shared_task(name="cops.counters.erase_old_misses", soft_time_limit=60, time_limit=90)
def erase_old_misses() -> None:
    misses_erase_old()
