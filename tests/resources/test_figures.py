"""Figures of the sheets: totals per day and month, sorted, as CSV; no person in them."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from cops.accounts.enums import Role
from cops.counters.models import DailyCount
from cops.formats import cell_safe
from resources.enums import Status
from resources.models import ResourceRedirect
from resources.reading.figures import by_sheet, over_time, period_of
from tests.accounts.people import person, sign_in
from tests.resources import factories

pytestmark = pytest.mark.django_db

PAGE, CSV = "/pilotage/ressources/chiffres/", "/pilotage/ressources/chiffres.csv"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-26T12:00:00+01:00", tick=False):
        yield


@pytest.fixture
def team() -> Client:
    client = Client()
    sign_in(client, person(Role.TEAM))
    return client


def _count(kind: str, key: str, day: str, count: int) -> None:
    DailyCount.objects.create(kind=f"resource.{kind}", key=key, day=day, count=count)


@pytest.fixture
def counted():
    one = factories.resource(slug="une", title="Une fiche")
    factories.resource(slug="autre", title="Autre fiche")
    factories.resource(slug="brouillon", status=Status.DRAFT, version=0)
    ResourceRedirect.objects.create(slug="ancienne", resource=one)
    _count("view", "une", "2026-11-26", 5)
    _count("falc", "une", "2026-11-25", 2)
    _count("view", "ancienne", "2026-11-01", 3)
    _count("view", "une", "2026-10-01", 100)
    _count("view", "une", "2024-01-15", 1_000)
    _count("download", "autre", "2026-11-20", 9)
    _count("attachment", "autre", "2026-11-20", 1)
    _count("useful.yes", "une", "2026-11-20", 3)
    _count("useful.partly", "une", "2026-11-20", 2)
    _count("useful.no", "une", "2026-11-20", 1)
    _count("view", "disparue", "2026-11-20", 50)


def _table(period: str, sort: str = "titre") -> list[tuple]:
    rows = by_sheet(period_of(period), sort=sort)
    return [(row.slug, row.views, row.downloads, row.answers) for row in rows]


def test_each_sheet_has_its_totals_under_its_present_address(counted):
    assert _table("30-jours") == [("autre", 0, 10, 0), ("une", 10, 0, 6)]
    assert _table("90-jours") == [("autre", 0, 10, 0), ("une", 110, 0, 6)]
    assert _table("12-mois") == [("autre", 0, 10, 0), ("une", 110, 0, 6)]
    assert _table("tout") == [("autre", 0, 10, 0), ("une", 1_110, 0, 6)]
    assert _table("nulle") == _table("30-jours")


@pytest.mark.parametrize(
    ("sort", "first"),
    [("titre", "autre"), ("vues", "une"), ("telechargements", "autre"), ("reponses", "une"),
     ("utile", "une"), ("nul", "autre")],
)  # fmt: skip
def test_the_table_is_sorted_as_asked(counted, sort, first):
    assert _table("30-jours", sort)[0][0] == first


def test_a_draft_that_was_read_once_is_still_told(counted):
    _count("view", "brouillon", "2026-11-10", 1)
    assert "brouillon" in [row[0] for row in _table("30-jours")]


def test_useful_is_a_share_of_the_answers(counted):
    shares = {row.slug: row.useful for row in by_sheet(period_of("30-jours"))}
    assert shares == {"une": pytest.approx(4 / 6), "autre": None}


def test_each_day_and_each_month_of_a_period_is_there_even_empty(counted):
    days = over_time(period_of("30-jours"), slug="une")
    assert (len(days), days[0][0], days[-1][0]) == (30, date(2026, 10, 28), date(2026, 11, 26))
    assert [one.views for _, one in days if one.views] == [3, 2, 5]
    months = over_time(period_of("12-mois"), slug="une")
    assert (len(months), months[0][0], months[-1][0]) == (13, date(2025, 11, 1), date(2026, 11, 1))
    assert [(at.month, one.views) for at, one in months if one.views] == [(10, 100), (11, 10)]
    whole = over_time(period_of("tout"), slug="une")
    assert (len(whole), whole[0][0]) == (35, date(2024, 1, 1))
    assert over_time(period_of("tout"), slug="rien")[0][0] == date(2026, 11, 1)


def test_the_page_has_its_curve_with_its_table_and_its_sheets(team, counted):
    body = team.get(PAGE).content.decode()
    assert '<svg class="bars"' in body
    assert "10\u00a0vues en tout, 5 le jour le plus lu" in body
    assert "Voir les chiffres en tableau" in body
    assert '<a href="?fiche=une&amp;periode=30-jours">Une fiche</a>' in body
    assert 'aria-sort="descending"' in body
    one = team.get(PAGE, {"fiche": "une", "periode": "12-mois"}).content.decode()
    assert '<td class="num">100</td>' in one
    assert "octobre 2026" in one


def test_no_figure_is_said(team):
    factories.resource()
    body = team.get(PAGE).content.decode()
    assert "Aucune vue dans cette période" in body


def test_the_csv_of_all_sheets_and_of_one(team, counted):
    answer = team.get(CSV, {"periode": "30-jours"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="chiffres-fiches-30-jours.csv"'
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == [
        "fiche;adresse;vues;téléchargements;utile : oui;utile : en partie;utile : non",
        "Autre fiche;autre;0;10;0;0;0",
        "Une fiche;une;10;0;3;2;1",
    ]
    lines = team.get(CSV, {"fiche": "une", "periode": "12-mois"}).content.decode().splitlines()
    assert lines[-1] == "2026-11;10;0;3;2;1"
    assert len(lines) == 14


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("=1+1", "'=1+1"), ("+33", "'+33"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"),
     ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("Fiche", "Fiche"), (3, "3"), ("", "")],
)  # fmt: skip
def test_a_cell_is_never_a_formula(typed, kept):
    assert cell_safe(typed) == kept


def test_a_title_that_is_a_formula_is_harmless_in_the_csv(team):
    factories.resource(title='=HYPERLINK("http://x";"y")', slug="piege")
    assert "'=HYPERLINK" in team.get(CSV).content.decode()


def test_the_page_costs_the_same_for_one_and_for_forty(team, django_assert_max_num_queries):
    factories.resource()
    team.get(PAGE)
    with django_assert_max_num_queries(60) as one:
        team.get(PAGE)
    for number in range(40):
        factories.resource(slug=f"f-{number}")
        _count("view", f"f-{number}", "2026-11-20", 1)
    with django_assert_max_num_queries(len(one)):
        team.get(PAGE)
