"""Tables of counts without the rows that a process of another test committed as it ended."""

import pytest

from cops.counters.models import DailyCount, SearchMiss


def counts_emptied(request: pytest.FixtureRequest) -> None:
    """Empty them within the test's own transaction, when it has one."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        DailyCount.objects.all().delete()
        SearchMiss.objects.all().delete()
