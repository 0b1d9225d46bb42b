import pytest
from django.test import Client

from tests.pagecache import site


@pytest.fixture
def reader(settings, db):
    """An anonymous reader of the small site."""
    settings.ROOT_URLCONF = "tests.pagecache.site"
    settings.PAGECACHE_BYTES = 1_000_000
    site.made.clear()
    site.read.clear()
    return Client()
