"""The pages of the account: French, kept by nobody, with what apps add; the entry of the header."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cops.accounts import pages
from cops.accounts.devices import device_name
from cops.accounts.enums import Role
from tests.accounts.people import person, sign_in
from tests.http.routes.account import ROUTES

pytestmark = pytest.mark.django_db

# What allauth would say itself, in English or in its uneven French.
FOREIGN = re.compile(
    r"\b(Sign (In|Up|Out)|Log ?in|E-?mail|e-mail|Password|S’identifier|S'identifier|Two-Factor|"
    r"Please|Your account|Recovery|Remember)\b"
)


def words(text: str) -> str:
    """What is read on a page: no tag, no script."""
    return re.sub(r"<script.*?</script>|<[^>]*>", " ", text, flags=re.DOTALL)


@pytest.mark.parametrize("role", ["anonymous", Role.MEMBER, Role.TEAM])
def test_every_page_is_in_french_with_its_landmarks_and_kept_by_nobody(client, role):
    if role != "anonymous":
        sign_in(client, person(role))
    seen = 0
    for name, lines in ROUTES.items():
        for address, _ in lines:
            answer = client.get(address)
            if answer.status_code != 200 or "html" not in answer["Content-Type"]:
                continue
            seen += 1
            assert FOREIGN.findall(words(answer.text)) == [], address
            assert '<html lang="fr">' in answer.text, address
            assert answer.text.count("<h1") == 1, address
            assert '<main id="contenu"' in answer.text, address
            if role != "anonymous":
                assert answer["Cache-Control"] == "no-store", name
    assert seen >= 9


def test_an_app_adds_its_page(client, monkeypatch):
    monkeypatch.setattr(pages, "_pages", dict(pages._pages))
    pages.register_account_page("Mon atelier", "pages:contact", "Ce que j’ai fait.", order=1)
    sign_in(client, person())
    page = client.get(reverse("accounts:home")).text
    assert "Mon atelier" in page
    assert "Ce que j’ai fait." in page
    assert page.index("Mon atelier") < page.index("Mon nom")


def test_the_name_is_kept_without_needless_spaces(client):
    user = person()
    sign_in(client, user)
    client.post(reverse("accounts:name"), {"display_name": "  Marie   <b>Durand</b> "})
    user.refresh_from_db()
    assert user.display_name == "Marie <b>Durand</b>"
    assert "Marie &lt;b&gt;Durand&lt;/b&gt;" in client.get(reverse("accounts:home")).text
    page = client.post(reverse("accounts:name"), {"display_name": "x" * 81}).text
    assert "Rien n’est perdu" in page


def test_the_header_costs_an_anonymous_page_no_cookie(client):
    client.get("/contact/")
    answer = client.get("/contact/")
    assert "Se connecter" in answer.text
    assert answer.cookies == {}


def test_who_is_in_sees_the_way_to_the_account_and_is_not_kept(client):
    sign_in(client, person())
    answer = client.get("/contact/")
    assert "Mon compte" in answer.text
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Safari/604.1", "Safari sur iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120.0", "Edge sur Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Firefox/115.0", "Firefox sur Linux"),
        ("curl/8", "Appareil inconnu"),
        ("", "Appareil inconnu"),
    ],
)
def test_a_device_is_named_in_words(user_agent, name):
    assert device_name(user_agent) == name
