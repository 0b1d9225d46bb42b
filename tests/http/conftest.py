import pytest
from django.test import Client


@pytest.fixture
def pages(settings):
    """A client on the small site of ``tests/http/pages.py`` that gives 500 pages instead of raising."""
    settings.ROOT_URLCONF = "tests.http.pages"
    return Client(raise_request_exception=False)
