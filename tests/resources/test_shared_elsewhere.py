"""What other sites show of a page: Open Graph, whole, with a picture; one address for each page."""

import re

import pytest
from django.conf import settings

from tests.resources import factories

pytestmark = pytest.mark.django_db
WANTED = {"title", "description", "type", "url", "locale", "site_name", "image", "image:width",
          "image:height", "image:alt"}  # fmt: skip


def _graph(html):
    return dict(re.findall(r'<meta property="og:([a-z_:]+)" content="([^"]+)">', html))


@pytest.mark.parametrize("address", ["/", "/ressources/", "/quiz/", "/lexique/"])
def test_a_page_that_is_shared_has_words_and_a_picture(client, address):
    graph = _graph(client.get(address).content.decode())
    assert set(graph) == WANTED
    assert graph["url"] == settings.SITE_ORIGIN + address
    assert graph["image"].startswith(settings.SITE_ORIGIN + "/static/img/partage")


def test_a_sheet_too(client):
    made = factories.resource()
    graph = _graph(client.get(made.get_absolute_url()).content.decode())
    assert set(graph) == WANTED


def test_each_page_of_the_list_is_its_own_and_a_filtered_one_is_the_list(client, monkeypatch):
    monkeypatch.setattr("resources.views.library.PER_PAGE", 1)
    for _ in range(2):
        factories.resource()
    for query, expected in {"": "", "?page=1": "", "?page=2": "?page=2",
                            "?tri=titre": "", "?genre=agir": ""}.items():  # fmt: skip
        html = client.get(f"/ressources/{query}").content.decode()
        canonical = re.search(r'<link rel="canonical" href="([^"]+)">', html)[1]
        assert canonical == f"{settings.SITE_ORIGIN}/ressources/{expected}"
