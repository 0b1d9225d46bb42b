from __future__ import annotations

from celery import shared_task

from cops.accounts.my_data.dormant import dormant_erase, dormant_notify, unverified_erase
from cops.accounts.my_data.leaving import account_end_departed, accounts_end_departed


@shared_task(name="cops.accounts.tidy", soft_time_limit=120, time_limit=150)
def tidy() -> None:
    """Each night: sign-ups never confirmed, accounts not opened for two years."""
    unverified_erase()
    dormant_erase()
    dormant_notify()


@shared_task(name="cops.accounts.end_departures", soft_time_limit=60, time_limit=90)
def end_departures() -> None:
    """One task per person: an erasure that fails holds back no other."""
    accounts_end_departed()


@shared_task(name="cops.accounts.end_departed", soft_time_limit=120, time_limit=150)
def end_departed(departure_pk: int) -> None:
    account_end_departed(departure_pk=departure_pk)
