"""The team's desk: the list, a sheet, writing, and what the pages say of bad input."""

from __future__ import annotations

import pytest

from resources.enums import Status
from resources.models import Resource
from tests.resources import factories
from tests.resources.desk import page, send, team, url, words

pytestmark = pytest.mark.django_db


def test_smoke():
    client, _ = team("Camille")
    made = factories.resource(slug="essai")
    factories.path(made)
    factories.falc(made)
    made.refresh_from_db()
    for name, args in (
        ("desk", ()), ("desk_new", ()), ("desk_searches", ()), ("desk_sheet", ("essai",)),
        ("desk_fields", ("essai",)), ("desk_preview", ("essai",)),
        ("desk_section", ("essai", "standard", "section-1")),
        ("desk_step", ("essai", "standard", "section-2", 1)),
        ("desk_versions", ("essai",)), ("desk_compare", ("essai",)), ("desk_reviews", ("essai",)),
    ):  # fmt: skip
        page(client, url(name, *args))
    answer = send(client, url("desk_fields", "essai"), subtitle="Un sous-titre")
    assert answer.status_code == 302, answer.content.decode()[:2000]
    answer = send(
        client, url("desk_section", "essai", "standard", "section-1"), source="<p>Neuf.</p>"
    )
    assert answer.status_code == 302
    assert "Correction en cours" in words(page(client, url("desk_sheet", "essai")))
    page(client, url("desk_publish", "essai"))
    page(client, url("desk_compare", "essai"))
    answer = send(client, url("desk_publish", "essai"), when="now")
    assert answer.status_code == 302
    assert Resource.objects.get().subtitle == "Un sous-titre"
    assert Resource.objects.get().status == Status.PUBLISHED
