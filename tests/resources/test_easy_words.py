"""The words at the end of a sheet on paper: in easy words, those of the easy text and no other."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from resources import documents
from resources.models import PreparedDocument, Resource, Term
from resources.services.rendering import sections_render
from resources.services.snapshots import authored, snapshot
from tests.resources import factories, papers

Form = PreparedDocument.Form
SHEET = "sengager-dans-le-partenariat"
WHEN = datetime(2026, 11, 12, 9, tzinfo=UTC)


def html(words: dict, form: str) -> str:
    return documents.sheet_html(words, number=3, published_at=WHEN, form=form)


def defined(document: str) -> list[str]:
    """The words that the document defines at its end."""
    return [
        word.replace("\u00a0", " ") for word in re.findall(r'<th scope="row">(.*?)</th>', document)
    ]


@pytest.mark.django_db
def test_easy_sheet_defines_what_it_underlines_and_nothing_else(starting_content):
    words = snapshot(Resource.objects.get(slug=SHEET))
    easy_text = "".join(s["html"] for s in words["sections"] if s["variant"] == "falc")
    marked = Term.objects.filter(slug__in=re.findall(r'data-term="(.*?)"', easy_text))
    document = html(words, Form.FALC)
    assert defined(document) == [term.term for term in marked.order_by("sort_key")]
    assert {"Usager du système de santé", "Le « vivre avec »"} <= set(defined(document))
    assert "Usager alibi" not in defined(document)
    underlined = set(re.findall(r'<span class="term">(.*?)</span>', document))
    assert {"usager", "vie avec la maladie"} <= underlined


@pytest.mark.django_db
def test_easy_word_and_easy_text_count_the_same_levels(starting_content):
    word = Term.objects.get(slug="niveaux-d-engagement")
    text = html(snapshot(Resource.objects.get(slug=SHEET)), Form.FALC).replace("\u00a0", " ")
    assert "Il y a 5 niveaux." in text
    assert "Il y a 5 niveaux." in word.falc
    assert "cinq niveaux, de 0 à 4" in word.definition


def easy(**fields: object) -> dict:
    """A sheet whose easy text marks one word that its author did not list."""
    words = papers.sheet()
    easy_text = papers.section("En bref", f"<p>Une {papers.TERM}.</p>", variant="falc")
    listed = {**words["terms"][0], "slug": "autre", "term": "Un autre mot"}
    return {
        **words,
        "sections": [easy_text],
        "terms": [listed],
        "easy_terms": words["terms"],
        **fields,
    }


def test_word_marked_and_not_listed_is_defined():
    assert defined(html(easy(), Form.FALC)) == ["Éducation thérapeutique"]


def test_word_without_easy_definition_is_neither_listed_nor_underlined():
    words = easy()
    words["easy_terms"] = [{**words["easy_terms"][0], "falc": ""}]
    document = html(words, Form.FALC)
    assert "Les mots à connaître" not in document
    assert 'class="term"' not in document


def test_version_older_than_the_easy_words_defines_those_it_knows():
    words = papers.sheet()
    easy_text = papers.section("En bref", f"<p>Une {papers.TERM}.</p>", variant="falc")
    other = {**words["terms"][0], "slug": "autre", "term": "Un autre mot"}
    words = {**words, "sections": [easy_text], "terms": [*words["terms"], other]}
    assert "easy_terms" not in words
    assert defined(html(words, Form.FALC)) == ["Éducation thérapeutique"]


@pytest.mark.django_db
def test_marks_of_the_easy_text_are_no_change_of_its_author():
    made = factories.resource()
    factories.falc(made)
    before = snapshot(made)
    Term.objects.create(slug="idee", term="Idée", category="savoirs", definition="X.", falc="Y.")
    section = made.sections.get(variant="falc")
    section.source_html = "<p>Une idée.</p>"
    section.save()
    sections_render([section])
    after = snapshot(made)
    assert [term["slug"] for term in after["easy_terms"]] == ["idee"]
    assert authored(after).keys() == authored(before).keys()
    assert "easy_terms" not in authored(after)


def test_standard_sheet_promises_no_more_than_it_marks():
    listed = papers.sheet()["terms"]
    unmarked = {**listed[0], "slug": "autre", "term": "Un mot marqué nulle part"}
    document = html(papers.sheet(terms=[*listed, unmarked]), Form.STANDARD)
    assert "Un mot marqué nulle part" in document
    assert "ils sont soulignés" not in document
    assert "Ceux qui sont soulignés en pointillé dans le texte sont expliqués ici." in document
