"""« À traiter » as the team meets it: grouped, the most urgent first, counted in the menu."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from cops.todo import LIMIT, Item, Urgency, registry
from cops.todo.registry import register_source
from tests.accounts.people import person, sign_in
from tests.pages.outline import Outline

pytestmark = pytest.mark.django_db


@pytest.fixture
def only(monkeypatch):
    """Replaces the sources of the portal by those of the test."""
    monkeypatch.setattr(registry, "_sources", {})
    return register_source


@pytest.fixture
def team(client):
    sign_in(client, person("team"))
    return client


def _page(client) -> str:
    return client.get(reverse("pages:todo")).content.decode()


def test_nothing_to_do_is_said_kindly(team, only):
    html = _page(team)
    assert "Rien ne vous attend." in html
    assert "Tout est à jour" in html
    assert "staff-count" not in html


def test_late_items_come_first_then_what_has_waited_longest(team, only):
    only(
        "mails",
        "Boîte d’essai",
        lambda user: [
            Item("récent", "/a/", datetime(2026, 3, 2, tzinfo=UTC)),
            Item("ancien", "/b/", datetime(2026, 3, 1, tzinfo=UTC)),
            Item("sans date", "/c/"),
        ],
    )
    only(
        "reviews",
        "Relectures",
        lambda user: [
            Item("bientôt", "/d/", date(2026, 1, 1), Urgency.SOON),
            Item("en retard", "/e/", date(2026, 2, 1), Urgency.LATE, detail="fiche « Soins »"),
        ],
    )
    html = _page(team)
    order = [html.index(f">{word}<") for word in ("en retard", "bientôt", "ancien", "récent")]
    assert order == sorted(order)
    assert html.index(">récent<") < html.index(">sans date<")
    assert html.index("Relectures") < html.index("Boîte d’essai")
    assert "5\u00a0choses vous attendent, dont 1\u00a0en retard" in html
    assert "depuis le 1er\u00a0février\u00a02026" in html
    assert '<span class="staff-count">5<' in html


def test_a_source_that_fails_hides_no_other(team, only, caplog):
    def broken(user):
        raise RuntimeError("no table")

    only("broken", "Brouillons", broken)
    only("mails", "Courriels", lambda user: [Item("un courriel", "/a/")])
    html = _page(team)
    assert html.index("un courriel") < html.index("Cette liste n’a pas pu être lue")
    assert "the source broken of « À traiter » failed" in caplog.text


def test_a_long_group_folds_and_says_that_it_stops(team, only):
    only("many", "Fiches", lambda user: [Item(f"fiche {n}", f"/{n}/") for n in range(LIMIT + 5)])
    html = _page(team)
    assert f"({LIMIT} ou plus)" in html
    assert f"Voir {LIMIT - 10}\u00a0autres" in html
    assert "fiche 1<" in html


def test_a_long_group_leads_to_its_own_page_when_there_is_one(team, only):
    only(
        "many",
        "Fiches",
        lambda user: [Item(f"fiche {n}", f"/{n}/") for n in range(12)],
        page="pages:exports",
    )
    assert f'<a href="{reverse("pages:exports")}">Voir 2\u00a0autres</a>' in _page(team)


def test_a_word_of_another_is_shown_as_text(team, only):
    only("hostile", "Titres", lambda user: [Item("<script>alert(1)</script>" * 20, "/a/")])
    html = _page(team)
    assert "<script>alert" not in html


def test_the_page_has_one_h1_and_no_skipped_level(team, only):
    only("mails", "Courriels", lambda user: [Item("un courriel", "/a/")])
    page = Outline(_page(team))
    assert page.levels() == [1, 2, *page.levels()[2:]]
    assert page.count("h1") == 1


def test_two_sources_cannot_have_one_key(only):
    only("mails", "Courriels", lambda user: [])
    with pytest.raises(ValueError, match="mails"):
        only("mails", "Autres", lambda user: [])


def test_the_menu_marks_the_page_one_is_on(team):
    html = team.get(reverse("pages:exports")).content.decode()
    assert f'<a href="{reverse("pages:exports")}" aria-current="page">' in html
    assert f'<a href="{reverse("pages:todo")}">' in html


def test_a_line_for_administrators_is_not_shown_to_the_team(client, monkeypatch):
    monkeypatch.setattr(registry, "_pages", dict(registry._pages))
    registry.register_staff_page("Comptes", "pages:contact", 90, administrators=True)
    sign_in(client, person("team"))
    assert ">Comptes<" not in _page(client)
    sign_in(client, person("administrator"))
    assert ">Comptes<" in _page(client)
