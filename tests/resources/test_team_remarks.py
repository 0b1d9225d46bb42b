"""The team reads what readers wrote under the sheets."""

import pytest
from django.test import Client

from cops.accounts.enums import Role
from cops.audit import trail
from resources.models import Remark
from resources.reading.waiting import remarks_waiting
from resources.services.feedback import remark_add
from tests.accounts.people import person, sign_in
from tests.resources import factories

pytestmark = pytest.mark.django_db

PAGE = "/pilotage/ressources/avis/"


@pytest.fixture
def team() -> Client:
    client = Client()
    sign_in(client, person(Role.TEAM))
    return client


@pytest.fixture
def sheet():
    return factories.resource(slug="fiche", title="Fiche d’essai")


def _remark(sheet, text: str = "Trop long", useful: str = "non") -> Remark:
    remark_add(resource=sheet, useful=useful, text=text)
    return Remark.objects.get(resource=sheet, text=text)


def test_words_are_shown_as_typed_with_their_sheet(team, sheet):
    _remark(sheet, "<b>Bien</b>\nmais long")
    body = team.get(PAGE).content.decode()
    assert "&lt;b&gt;Bien&lt;/b&gt;<br>mais long" in body
    assert 'href="/ressources/fiche/"' in body
    assert "1\u00a0avis à lire" in body


def test_one_or_all_of_a_page_are_marked_read(team, sheet):
    first, second, third = (_remark(sheet, f"Avis {n}") for n in range(3))
    answer = team.post(f"{PAGE}lus/", {"avis": first.pk, "suite": f"{PAGE}?fiche=fiche"})
    assert answer["Location"] == f"{PAGE}?fiche=fiche"
    assert first.text not in team.get(PAGE).content.decode()
    assert first.text in team.get(PAGE, {"lus": "1"}).content.decode()
    team.post(f"{PAGE}lus/", {"avis": [second.pk, third.pk]})
    assert Remark.objects.filter(read_on__isnull=True).count() == 0
    assert "Aucun avis à lire" in team.get(PAGE).content.decode()


@pytest.mark.parametrize("sent", [{}, {"avis": ["x", "", "-1", "9" * 30, "\u0663"]}])
def test_nothing_to_mark_is_said(team, sheet, sent):
    _remark(sheet)
    answer = team.post(f"{PAGE}lus/", {**sent, "suite": "https://ailleurs.example/"})
    assert answer["Location"] == PAGE
    assert "déjà lus" in team.get(PAGE).content.decode()


def test_words_that_should_not_be_kept_are_erased_and_the_journal_says_so(team, sheet):
    remark = _remark(sheet, "Mon diabète")
    assert team.post(f"{PAGE}{remark.pk}/effacement/").status_code == 302
    assert Remark.objects.count() == 0
    (entry,) = trail(sheet)
    assert (entry.action, entry.changes) == ("remark.erased", {})
    assert team.post(f"{PAGE}{remark.pk}/effacement/").status_code == 404


def test_a_form_without_its_token_does_nothing(sheet):
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, person(Role.TEAM))
    remark = _remark(sheet)
    assert strict.post(f"{PAGE}{remark.pk}/effacement/").status_code == 403
    assert Remark.objects.count() == 1


def test_the_list_costs_the_same_for_one_and_for_thirty(team, sheet, django_assert_max_num_queries):
    _remark(sheet)
    team.get(PAGE)
    with django_assert_max_num_queries(60) as one:
        team.get(PAGE)
    for number in range(29):
        _remark(factories.resource(), f"Avis {number}")
    with django_assert_max_num_queries(len(one)):
        team.get(PAGE)


def test_what_is_to_read_is_told_once_per_sheet(sheet):
    other = factories.resource(slug="autre", title="Autre fiche")
    for number in range(3):
        _remark(sheet, f"Avis {number}")
    _remark(other)
    items = {item.label: (item.detail, item.url) for item in remarks_waiting(None)}
    assert items == {
        "Fiche d’essai": ("3\u00a0avis à lire", f"{PAGE}?fiche=fiche"),
        "Autre fiche": ("1\u00a0avis à lire", f"{PAGE}?fiche=autre"),
    }


@pytest.mark.parametrize("query", [{"fiche": "\0"}, {"fiche": "nulle"}, {"page": "x"}])
def test_an_odd_query_is_no_failure(team, sheet, query):
    assert team.get(PAGE, query).status_code == 200
