from celery import shared_task

from cops.api.quotas import quotas_erase_old


@shared_task(name="cops.api.erase_old_quotas", soft_time_limit=60, time_limit=90)
def erase_old_quotas() -> None:
    quotas_erase_old()
