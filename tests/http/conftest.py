import pytest
from django.test import Client


@pytest.fixture
def pages(settings):
    """A client on the views of ``tests/http/pages.py``; a fault is a 500, as for a visitor."""
    settings.ROOT_URLCONF = "tests.http.pages"
    return Client(raise_request_exception=False)
