"""The counts of a test are its own."""

import pytest

from tests.counters.emptying import counts_emptied


@pytest.fixture(autouse=True)
def own_counts(request: pytest.FixtureRequest) -> None:
    counts_emptied(request)
