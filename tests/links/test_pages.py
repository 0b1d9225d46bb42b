"""The team's page of links."""

import pytest
from django.test import Client

from cops.accounts.enums import Role
from cops.links.models import LinkCheck
from tests.accounts.people import person, sign_in

pytestmark = pytest.mark.django_db

PAGE = "/pilotage/liens/"


@pytest.fixture
def team() -> Client:
    client = Client()
    sign_in(client, person(Role.TEAM))
    return client


def _row(number: int = 0, **fields) -> LinkCheck:
    use = {"label": f"Fiche {number}", "page": "/ressources/fiche/", "edit": "/pilotage/corriger/"}
    return LinkCheck.objects.create(
        **{"url": f"http://10.0.0.1/{number}", "uses": [use], "state": "broken", **fields}
    )


def test_a_broken_link_says_why_where_and_how_to_correct_it(team):
    _row(reason="not_found", status=404, failures=3)
    _row(1, state="good")
    body = team.get(PAGE).content.decode()
    assert "1\u00a0lien à corriger sur 2" in body
    assert "La page n’existe pas ou plus (404)" in body
    assert 'href="/pilotage/corriger/">Corriger' in body
    assert "http://10.0.0.1/1" not in body
    assert "http://10.0.0.1/1" in team.get(PAGE, {"etat": "good"}).content.decode()


def test_a_new_address_is_said(team):
    _row(state="moved", target="https://nouvelle.example/")
    body = team.get(PAGE, {"etat": "moved"}).content.decode()
    assert 'mène maintenant à <a href="https://nouvelle.example/"' in body


def test_nothing_yet_is_said(team):
    assert "Aucun lien n’est encore connu" in team.get(PAGE).content.decode()


def test_one_link_is_checked_again_at_once(team):
    row = _row(state="new")
    answer = team.post(f"{PAGE}{row.pk}/verifier/", {"suite": f"{PAGE}?etat=tous"})
    assert answer["Location"] == f"{PAGE}?etat=tous"
    assert "n’est pas sur l’internet public" in team.get(PAGE).content.decode()
    assert team.post(f"{PAGE}999999/verifier/").status_code == 404


def test_a_link_that_is_good_is_put_aside(team):
    row = _row()
    team.post(f"{PAGE}{row.pk}/bon/", {"suite": "https://ailleurs.example/"})
    row.refresh_from_db()
    assert row.excused_until is not None
    assert "Rien dans cette liste" in team.get(PAGE).content.decode()


def test_the_list_costs_the_same_for_one_and_for_forty(team, django_assert_max_num_queries):
    _row()
    team.get(PAGE)
    with django_assert_max_num_queries(60) as one:
        team.get(PAGE)
    for number in range(1, 40):
        _row(number)
    with django_assert_max_num_queries(len(one)):
        team.get(PAGE)
