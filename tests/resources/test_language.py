"""The lexicon in the search: other words, and the definition that heads the results."""

from __future__ import annotations

import pytest

from cops.search import normalise
from resources.services import language
from tests.resources.lexicon_data import term

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """The memory of another test knows other terms; nothing is frequent unless said."""
    language.forget()
    monkeypatch.setattr(language, "frequent_stems", lambda: frozenset())
    yield
    language.forget()


def lexicon():
    term(
        "pp",
        "Patient partenaire",
        acronym="PP",
        synonyms=["patient expert", "malade partenaire"],
        instead_of=["patient expert"],
    )
    term("ppr", "Patient partenaire ressource", synonyms=["patient expert", "patient ressource"])
    term("etp", "Éducation thérapeutique du patient", acronym="ETP",
         synonyms=["éducation thérapeutique"])  # fmt: skip
    term("usager", "Usager du système de santé", synonyms=["patient", "usager"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("patient expert", ['"Patient partenaire"', '"Patient partenaire ressource"', "PP"]),
        ("Patients  Experts", ['"Patient partenaire"', '"Patient partenaire ressource"', "PP"]),
        ("etp", ['"Éducation thérapeutique du patient"', '"éducation thérapeutique"']),
        ("education therapeutique", ['"Éducation thérapeutique du patient"', "ETP"]),
        (
            "un patient ressource à Nîmes",
            ['"Patient partenaire ressource" à Nîmes', '"patient expert" à Nîmes'],
        ),
        ("l’usager", ['"Usager du système de santé"', "patient"]),
        ('"patient expert"', []),
        ("-ETP", []),
        ("rien", []),
        ("", []),
        ("((( ))) | & !", []),
    ],
)
def test_expand(query, expected):
    lexicon()
    assert language.expand(normalise(query)) == expected


def test_expand_leaves_a_frequent_word_alone(monkeypatch):
    lexicon()
    monkeypatch.setattr(language, "frequent_stems", lambda: frozenset({"patient"}))
    assert language.expand("patient") == []
    assert language.expand("usager") == ['"Usager du système de santé"']


def test_expand_replaces_the_longest_phrase_and_one_level_only():
    lexicon()
    term("expert", "Expert", synonyms=["savant"])
    assert language.expand("patient expert")[0] == '"Patient partenaire"'
    assert language.expand("expert") == ["savant"]


@pytest.mark.parametrize(
    ("query", "slug", "note"),
    [
        ("ETP", "etp", ""),
        ("l’éducation thérapeutique", "etp", ""),
        (
            "patient expert",
            "pp",
            "Le réseau dit plutôt « patient partenaire » que « patient expert ».",
        ),
        ("patients partenaires", "pp", ""),
    ],
)
def test_headline(query, slug, note):
    lexicon()
    found = language.headline(normalise(query))
    assert found is not None
    assert (found.url, found.note) == (f"/lexique/{slug}/", note)


@pytest.mark.parametrize("query", ["patient expert à Nîmes", "", '"', "zzz"])
def test_headline_of_anything_else_is_none(query):
    lexicon()
    assert language.headline(normalise(query)) is None
