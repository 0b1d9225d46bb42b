from datetime import timedelta

import pytest
from django.utils import timezone

from cops.background.registry import beat_schedule
from cops.counters.models import DailyCount, SearchMiss
from cops.counters.retention import misses_erase_old
from cops.counters.tasks import erase_old_misses

pytestmark = pytest.mark.django_db


def test_misses_are_erased_after_90_days_and_totals_are_kept():
    today = timezone.localdate()
    for days in (0, 90, 91, 400):
        day = today - timedelta(days=days)
        SearchMiss.objects.create(text="transport", day=day, count=1)
        DailyCount.objects.create(kind="search.page", day=day, count=1)
    assert misses_erase_old() == 2
    assert misses_erase_old() == 0
    ages = {(today - miss.day).days for miss in SearchMiss.objects.all()}
    assert ages == {0, 90}
    assert DailyCount.objects.count() == 4


def test_the_task_is_on_the_timer_and_runs_twice():
    assert beat_schedule()["cops.counters.erase_old_misses"]["task"] == erase_old_misses.name
    erase_old_misses()
    erase_old_misses()
