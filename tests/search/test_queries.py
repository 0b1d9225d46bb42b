"""Forty queries as people type them, over the starting content."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection

from cops.search import find, registry
from cops.search.question import ask
from cops.search.statements import FinalQuery
from cops.search.suggestions import suggest
from resources.services import language

pytestmark = pytest.mark.django_db

QUERIES = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text())


@pytest.fixture(autouse=True)
def real_language(own_language, monkeypatch) -> None:
    """The lexicon itself, that the other tests of this folder do without."""
    monkeypatch.setattr(registry, "_expand", language.expand)
    monkeypatch.setattr(registry, "_headline", language.headline)


def test_there_are_forty_queries():
    assert len(QUERIES) == 40


@pytest.mark.usefixtures("starting_content")
@pytest.mark.parametrize("row", QUERIES, ids=lambda row: row["q"])
def test_query(row: dict[str, Any]):
    results = find(row["q"])
    heads = [results.definition.url] if results.definition else []
    found = heads + [hit.url.partition("?")[0] for hit in results.hits]
    assert set(row.get("top", [])) <= set(found[:3]), found[:10]
    assert set(row.get("near", [])) <= set(found[:10]), found[:10]
    if "definition" in row:
        assert results.definition is not None
        assert results.definition.term == row["definition"]


@pytest.mark.usefixtures("starting_content")
@pytest.mark.parametrize(
    "text",
    [*(row["q"] for row in QUERIES), "animer un groupe -travail de nuit", "le la les", '"un mot'],
)
def test_the_condition_that_indexes_answer_finds_what_the_query_would(text: str):
    query = FinalQuery(ask(text))
    assert _found(query, query.found) == _found(query, f"vector @@ {query.whole}")


def test_words_of_a_title_are_asked_of_their_own_index():
    query = FinalQuery(ask("animer un groupe de travail"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            f"EXPLAIN SELECT id FROM search_searchentry WHERE {query.found}", query.params
        )
        assert "search_entry_titles" in str(cursor.fetchall())


def _found(query: FinalQuery, condition: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM search_searchentry WHERE {condition}", query.params)
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.usefixtures("starting_content")
def test_a_word_to_avoid_leads_to_the_sheet_that_has_the_other_one():
    results = find("patient expert")
    brought = [hit.url for hit in results.hits[results.exact - 1 :]]  # the first one heads the page
    assert brought[0] == "/ressources/agir-soins-cliniques-et-educatifs/"
    words = [url.startswith("/lexique/") for url in brought]
    assert words == sorted(words), "les documents viennent avant les mots"
    assert results.reading is not None
    assert results.reading.url == brought[0], "nommée avec la définition, en haut de la page"


@pytest.mark.usefixtures("starting_content")
@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("sion", "soin"),
        ("piar", "pair"),
        ("pairaidance", "pair aidance"),
        ("comise en oeuvre", "co mise en oeuvre"),
        ("burn out", ""),
    ],
)
def test_a_typing_error_leads_to_the_word_or_to_none(typed, corrected):
    assert find(typed).corrected == corrected


@pytest.mark.usefixtures("starting_content")
@pytest.mark.parametrize("typed", ["pat", "patien"])
def test_the_most_used_term_is_offered_first(typed):
    assert suggest(typed)[0].title == "Patient partenaire"


@pytest.mark.usefixtures("starting_content")
def test_a_section_of_a_sheet_has_its_own_address():
    hits = find("patient expert").hits
    sheet = next(hit for hit in hits if hit.url == "/ressources/agir-soins-cliniques-et-educatifs/")
    assert sheet.sections
    assert all(part.url.startswith(sheet.url + "#") for part in sheet.sections)


@pytest.mark.usefixtures("starting_content")
@pytest.mark.parametrize(
    ("typed", "meant", "term"),
    [
        ("projet de sané", "projet de santé", "/lexique/projet-de-sante/"),
        ("simulation en sané", "simulation en santé", "/lexique/simulation-en-sante/"),
        ("partenariat en sané", "partenariat en santé", "/lexique/partenariat-en-sante/"),
        ("sané", "santé", "/lexique/sante/"),
        ("focs group", "focus group", "/lexique/focus-group/"),
    ],
)
def test_a_typing_error_with_the_root_of_another_word_is_mended(typed, meant, term):
    results = find(typed)
    assert results.corrected == meant
    heads = [results.definition.url] if results.definition else []
    assert term in heads + [hit.url for hit in results.hits][:3]
