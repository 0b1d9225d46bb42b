"""« Données personnelles » is written from the registry that rules the erasing."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.html import escape

from cops import pagecache
from cops.formats import typography
from cops.privacy import DELETE, Basis, Retention, declare, registry

pytestmark = pytest.mark.django_db


def _page(client) -> str:
    return client.get(reverse("pages:privacy")).content.decode()


def test_everything_that_is_kept_is_told(client):
    html = _page(client)
    for one in registry.declarations():
        for words in (
            one.title, one.people, one.purpose, one.basis.value, one.retention.words,
            one.recipients, one.erasure.words, *one.fields.values(),
        ):  # fmt: skip
            assert escape(typography(words)) in html, (one.model, words)


def test_what_a_new_declaration_says_is_on_the_page(client, monkeypatch):
    assert "Vos coquillages" not in _page(client)
    monkeypatch.setattr(registry, "_declarations", dict(registry._declarations))
    declare(
        "auth.Group",
        title="Vos coquillages", people="Les gens de mer", purpose="Les compter",
        basis=Basis.CONSENT, retention=Retention("Jusqu’à la marée."), erasure=DELETE,
        nobody="Ils ne portent pas de nom.",
    )  # fmt: skip
    pagecache.clear()
    html = _page(client)
    assert "Vos coquillages" in html
    assert "Jusqu’à la marée." in html


def test_rights_and_the_way_to_them_are_told(client):
    html = _page(client)
    for words in ("Voir et emporter", "Corriger", "Effacer", "CNIL", "trente jours"):
        assert words in html
    assert f'href="{reverse("my_data:home")}"' in html
