"""Limits are counted in the cache: what one test used up is not missing in the next."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def fresh_limits(request: pytest.FixtureRequest) -> None:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def visitor() -> Client:
    """A browser that keeps its cookies; what a view raises is a 500, as for a person."""
    return Client(raise_request_exception=False, headers={"host": "localhost"})
