"""Atom feeds and sitemap: valid, absolute, and nothing that is not public."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from resources.enums import Kind, Status
from tests.resources import factories

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(response) -> list[str]:
    feed = ElementTree.fromstring(response.content)
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_feed_of_a_kind_and_of_all(client):
    now = timezone.now()
    factories.resource(kind=Kind.AGIR, title="Agir", published_at=now - timedelta(days=2))
    factories.resource(kind=Kind.GUIDE, title="Guide", published_at=now - timedelta(days=1))
    factories.resource(kind=Kind.GUIDE, title="Brouillon", status=Status.DRAFT)
    factories.resource(kind=Kind.GUIDE, title="Demain", published_at=now + timedelta(days=1))
    assert entries(client.get("/ressources/flux/guide.atom")) == ["Guide"]
    assert entries(client.get("/ressources/flux/tout.atom")) == ["Guide", "Agir"]
    assert entries(client.get("/ressources/flux/video.atom")) == []


def test_entry_is_whole(client):
    at = timezone.make_aware(timezone.datetime(2026, 11, 1, 9))
    made = factories.resource(kind=Kind.REPERE, title="Un repère", published_at=at)
    response = client.get("/ressources/flux/repere.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    (entry,) = feed.iter(f"{ATOM}entry")
    address = f"http://localhost:8000/ressources/{made.slug}/"
    assert {child.tag.removeprefix(ATOM): child.text for child in entry} == {
        "title": "Un repère",
        "link": None,
        "id": f"tag:partenariat-en-sante.org,2026:ressource:{made.pk}",
        "published": "2026-11-01T08:00:00+00:00",
        "updated": "2026-11-01T08:00:00+00:00",
        "summary": "Un résumé court.",
        "category": None,
    }
    assert entry.find(f"{ATOM}link").get("href") == address
    assert entry.find(f"{ATOM}summary").get("type") == "text"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://localhost:8000/ressources/?genre=repere",
        "self": "http://localhost:8000/ressources/flux/repere.atom",
    }


def test_sitemap_lists_sheets_and_easy_versions(client):
    plain, easy = factories.resource(), factories.resource()
    factories.falc(easy)
    sheets = client.get("/sitemap-ressources.xml").content.decode()
    texts = client.get("/sitemap-facile-a-lire.xml").content.decode()
    assert sheets.count("<loc>") == 2
    assert all(f"/ressources/{made.slug}/</loc>" in sheets for made in (plain, easy))
    assert texts.count("<loc>") == 1
    assert f"/ressources/{easy.slug}/falc/</loc>" in texts
