"""Forty queries as people type them, over the starting content."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.db import transaction

from cops.search import find, registry
from resources.services import language

QUERIES = yaml.safe_load((Path(__file__).parent / "queries.yaml").read_text())


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The starting content, loaded once for the module and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_content", verbosity=0)
        language.forget()
        yield
        transaction.set_rollback(True)
    language.forget()


@pytest.fixture(autouse=True)
def real_language(own_language, monkeypatch) -> None:
    """The lexicon itself, that the other tests of this folder do without."""
    monkeypatch.setattr(registry, "_expand", language.expand)
    monkeypatch.setattr(registry, "_headline", language.headline)


def test_there_are_forty_queries():
    assert len(QUERIES) == 40


@pytest.mark.usefixtures("library")
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


@pytest.mark.usefixtures("library")
def test_a_word_to_avoid_leads_to_the_sheet_that_has_the_other_one():
    results = find("patient expert")
    brought = [hit.url for hit in results.hits[results.exact - 1 :]]  # the first one heads the page
    assert brought[0] == "/ressources/agir-soins-cliniques-et-educatifs/"
    words = [url.startswith("/lexique/") for url in brought]
    assert words == sorted(words), "les documents viennent avant les mots"
    assert results.reading is not None
    assert results.reading.url == brought[0], "nommée avec la définition, en haut de la page"


@pytest.mark.usefixtures("library")
def test_a_section_of_a_sheet_has_its_own_address():
    hits = find("patient expert").hits
    sheet = next(hit for hit in hits if hit.url == "/ressources/agir-soins-cliniques-et-educatifs/")
    assert sheet.sections
    assert all(part.url.startswith(sheet.url + "#") for part in sheet.sections)
