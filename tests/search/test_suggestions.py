from datetime import timedelta

import pytest
from django.utils import timezone

from cops.search import registry
from cops.search.suggestions import MOST, suggest
from cops.search.words import words_refresh
from tests.search.making import entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(db) -> None:
    entry("pp", "Patient partenaire", kind="terme", aliases=["PP", "patient expert"])
    entry("etp", "Éducation thérapeutique du patient", kind="terme", aliases=["ETP"])
    entry("prog", "Programme d’éducation thérapeutique", kind="terme", aliases=["programme ETP"])
    entry("soin", "Agir dans les soins", sections=[("a", "Soins et éducation", "")])


def titles(text: str) -> list[str]:
    return [one.title for one in suggest(text)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("pat", ["Patient partenaire", "Éducation thérapeutique du patient"]),
        ("PATIENTS PART", ["Patient partenaire"]),
        ("educ ther prog", ["Programme d’éducation thérapeutique"]),
        ("etp", ["Éducation thérapeutique du patient", "Programme d’éducation thérapeutique"]),
        ("soin", ["Agir dans les soins"]),
        ("patiant partenaire", ["Patient partenaire"]),
        ("e", []),
        ("", []),
        ("%", []),
        ("zxqwv", []),
    ],
)
def test_suggestions(typed, found):
    assert titles(typed) == found


def test_what_begins_alike_is_offered_by_use_then_alphabetically(monkeypatch):
    monkeypatch.setattr(registry, "_small", ["terme"])
    for name in ("Patient simulé", "Patient acteur", "Patient ressource"):
        entry(name.split()[1], name, kind="terme")
    entry("one", "Une fiche", "Le patient ressource et le patient partenaire.")
    entry("two", "Une autre", "Des patients partenaires.", sections=[("a", "Là", "")])
    words_refresh()
    order = ["partenaire", "ressource", "acteur", "simulé"]
    assert titles("patient") == [f"Patient {word}" for word in order] + [
        "Éducation thérapeutique du patient"
    ]
    entry("simulé", "Patient simulé", "Réécrit.", kind="terme")
    entry("later", "Plus tard", "patient simulé", visible_from=timezone.now() + timedelta(days=1))
    words_refresh()
    assert titles("patient")[0] == "Patient partenaire"


def test_the_other_name_is_said():
    (one,) = suggest("patient exp")
    assert (one.title, one.alias) == ("Patient partenaire", "patient expert")
    assert suggest("patient part")[0].alias == ""


def test_at_most_eight_and_only_what_is_visible():
    for number in range(12):
        entry(f"n{number}", f"Formation {number}")
    entry("later", "Formation demain", visible_from=timezone.now() + timedelta(days=1))
    assert len(titles("formation")) == MOST
    assert "Formation demain" not in titles("formation demain")


def test_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        suggest("un deux trois quatre cinq six sept")
    with django_assert_num_queries(0):
        suggest("é")
