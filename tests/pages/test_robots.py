"""What robots ask for at fixed addresses."""

from __future__ import annotations

from datetime import datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.utils import timezone

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_robots_may_read_all_but_searches(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /recherche/\n" in text
    assert f"Sitemap: {settings.SITE_ORIGIN}/sitemap.xml\n" in text


def test_security_txt_names_a_contact_and_expires_within_a_year(client):
    lines = dict(
        line.split(": ", 1)
        for line in client.get("/.well-known/security.txt").content.decode().splitlines()
    )
    assert lines["Contact"] == f"mailto:{settings.SITE['email']}"
    left = datetime.fromisoformat(lines["Expires"]) - timezone.now()
    assert timedelta(days=30) < left < timedelta(days=365)


@pytest.mark.django_db
def test_security_txt_is_absent_without_an_address(client, settings):
    settings.SITE = {**settings.SITE, "email": ""}
    assert client.get("/.well-known/security.txt").status_code == 404


def test_favicon_is_an_icon(client):
    response = client.get("/favicon.ico")
    assert response["Content-Type"] == "image/x-icon"
    assert response.content[:4] == b"\0\0\1\0"


@pytest.mark.django_db
def test_the_sitemap_is_an_index_whose_parts_answer(client):
    index = ET.fromstring(client.get("/sitemap.xml").content)
    parts = [element.text for element in index.iter(LOC)]
    assert any(part.endswith("/sitemap-pages.xml") for part in parts)
    for part in parts:
        response = client.get(part.removeprefix("http://testserver"))
        assert response.status_code == 200, part
    own = ET.fromstring(client.get("/sitemap-pages.xml").content)
    assert len(list(own.iter(LOC))) == 9
