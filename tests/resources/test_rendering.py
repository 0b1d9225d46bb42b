"""From what was saved to what is shown: terms, spaces, titles, tables."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.models import Section, TermMark, TermRedirect
from resources.services.lexicon import term_archive, term_restore, term_save
from resources.services.rendering import anchor_make, matcher_make, sections_render
from resources.services.sections import section_save
from tests.resources import factories
from tests.resources.lexicon_data import term, unsaved_term

pytestmark = pytest.mark.django_db


def link(slug: str, words: str) -> str:
    return f'<a class="term" href="/lexique/{slug}/" data-term="{slug}">{words}</a>'


def shown(html: str, **fields) -> str:
    section = factories.section(factories.resource(), "Un passage", html, **fields)
    return section_save(section=section).rendered_html


def test_first_occurrence_of_a_term_is_marked_once_per_section():
    term("pair-aidance", "Pair-aidance")
    assert shown("<p>La pair-aidance. Encore la pair aidance.</p>") == (
        f"<p>La {link('pair-aidance', 'pair-aidance')}. Encore la pair aidance.</p>"
    )


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Des patients partenaires.", "patients partenaires"),
        ("Le PATIENT PARTENAIRE.", "PATIENT PARTENAIRE"),
        ("Un patient\u00a0partenaire.", "patient\u00a0partenaire"),
        ("Un patient-partenaire.", "patient-partenaire"),
        ("D’un patient partenaire.", "patient partenaire"),
        ("Le PP dit.", "PP"),
        ("Un malade associé.", "malade associé"),
    ],
)
def test_a_term_is_found_under_its_forms(text, marked):
    term("pp", "Patient partenaire", acronym="PP", synonyms=["malade associé", "expert"])
    assert shown(f"<p>{text}</p>") == f"<p>{text.replace(marked, link('pp', marked))}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "Un patient, partenaire.",
        "Un patient. Partenaire.",
        "Les pp.",
        "Un expert.",
        "Un impatient partenaire.",
        "<strong>Un patient</strong> partenaire.",
    ],
)
def test_a_term_is_not_found_elsewhere(text):
    term("pp", "Patient partenaire", acronym="PP", synonyms=["expert"])
    assert shown(f"<p>{text}</p>") == f"<p>{text}</p>"


def test_the_longest_term_wins():
    term("patient-partenaire", "Patient partenaire")
    term("ressource", "Patient partenaire ressource")
    assert shown("<p>Un patient partenaire ressource et un patient partenaire.</p>") == (
        f"<p>Un {link('ressource', 'patient partenaire ressource')}"
        f" et un {link('patient-partenaire', 'patient partenaire')}.</p>"
    )


def test_a_form_that_two_terms_claim_is_marked_for_neither():
    term("mediateur", "Médiateur santé-pair", acronym="MSP", synonyms=["pair aidant salarié"])
    term("maison", "Maison de santé", acronym="MSP", synonyms=["pair aidant salarié"])
    assert shown("<p>La MSP, un pair aidant salarié.</p>") == (
        "<p>La MSP, un pair aidant salarié.</p>"
    )


def test_a_single_word_is_marked_only_if_it_is_part_of_the_term():
    term("usager", "Usager du système de santé", synonyms=["usager", "citoyen", "santé"])
    assert shown("<p>Un citoyen, sa santé, des usagers.</p>") == (
        f"<p>Un citoyen, sa santé, des {link('usager', 'usagers')}.</p>"
    )


def test_an_unmarked_synonym_is_left_alone_and_hides_what_stands_in_it():
    term("usager", "Usager", unmarked=["usagers de drogues", "patient acteur"])
    term("pp", "Patient partenaire", synonyms=["patient acteur", "malade associé"])
    assert shown("<p>Des usagers de drogues. Un patient acteur, un usager.</p>") == (
        f"<p>Des usagers de drogues. Un patient acteur, un {link('usager', 'usager')}.</p>"
    )


def test_the_name_of_another_term_is_marked_even_where_one_leaves_it_alone():
    term("aidant", "Aidant")
    term("proche", "Proche-aidant", synonyms=["aidant"], unmarked=["aidant", "proche-aidant"])
    assert shown("<p>Un aidant, un proche-aidant.</p>") == (
        f"<p>Un {link('aidant', 'aidant')}, un proche-aidant.</p>"
    )


def test_a_term_between_guillemets_is_marked_between_guillemets_only():
    term("vivre-avec", "Le « vivre avec »")
    term("aller-vers", "« Aller vers »")
    assert shown("<p>Le faire vivre avec elle, aller vers un mieux : « aller vers ».</p>") == (
        "<p>Le faire vivre avec elle, aller vers un mieux\u00a0:"
        f" «\u00a0{link('aller-vers', 'aller vers')}\u00a0».</p>"
    )


def test_what_is_no_longer_marked_leaves_the_texts_and_comes_back():
    aidant = term("aidant", "Proche-aidant", synonyms=["proche"])
    section = factories.section(factories.resource(), "Un passage", "<p>Ses choses proches.</p>")
    marked = section_save(section=section).rendered_html
    assert link("aidant", "proches") in marked
    aidant.unmarked = ["proche"]
    term_save(term=aidant)
    section.refresh_from_db()
    assert section.rendered_html == "<p>Ses choses proches.</p>"
    aidant.unmarked = []
    term_save(term=aidant)
    section.refresh_from_db()
    assert section.rendered_html == marked


def test_terms_are_not_marked_in_links_and_titles():
    term("aidant", "Aidant")
    assert shown('<h3>Un aidant</h3><p><a href="/x">un aidant</a></p>') == (
        '<h3 id="section-2-un-aidant">Un aidant</h3><p><a href="/x">un aidant</a></p>'
    )


def test_a_term_with_signs_is_found_and_escaped():
    term("vivre-avec", "Le « vivre avec »")
    term("rd", "Recherche & soin")
    assert shown("<p>Le « vivre avec » et la recherche &amp; soin &lt;b&gt;.</p>") == (
        f"<p>Le «\u00a0{link('vivre-avec', 'vivre avec')}\u00a0» et la recherche &amp; soin"
        " &lt;b&gt;.</p>"
    )


def test_steps_share_the_terms_of_their_section():
    term("aidant", "Aidant")
    path = factories.path(factories.resource(), steps=2)
    for step in path.steps.all():
        step.partner_html = step.actions_html = "<p>Un aidant</p>"
        step.save()
    sections_render([path.section])
    steps = list(path.steps.order_by("number"))
    marked = f"<p>Un {link('aidant', 'aidant')}</p>"
    assert [steps[0].rendered["partner"], steps[0].rendered["actions"]] == [
        marked,
        "<p>Un aidant</p>",
    ]
    assert steps[1].rendered["partner"] == "<p>Un aidant</p>"
    assert TermMark.objects.filter(section=path.section).count() == 1


def test_typography_stays_in_the_words():
    assert shown("<p>L'enjeu : « oui » ? <a href=\"/a?b='x y'\">12 480 %</a></p>") == (
        "<p>L’enjeu\u00a0: «\u00a0oui\u00a0»\u202f?"
        " <a href=\"/a?b='x y'\">12\u202f480\u00a0%</a></p>"
    )


def test_titles_have_ids_and_skip_no_level():
    html = "<h4>Un</h4><p>a</p><h4>Deux</h4><h3>Un</h3><h4>Trois</h4>"
    assert shown(html) == (
        '<h3 id="section-2-un">Un</h3><p>a</p><h4 id="section-2-deux">Deux</h4>'
        '<h3 id="section-2-un-2">Un</h3><h4 id="section-2-trois">Trois</h4>'
    )
    assert shown("<h3>Un</h3><p>a</p>", level=3) == '<h4 id="section-2-un">Un</h4><p>a</p>'


def test_a_table_has_a_caption_and_scopes():
    html = "<table><tbody><tr><th>a</th></tr><tr><td>1</td></tr></tbody></table>"
    assert shown(html) == (
        '<div class="table-scroll" role="region" aria-label="Tableau\u00a0: Un passage"'
        ' tabindex="0"><table><caption class="visually-hidden">Un passage</caption>'
        '<thead><tr><th scope="col">a</th></tr></thead>'
        "<tbody><tr><td>1</td></tr></tbody></table></div>"
    )


@pytest.mark.parametrize(
    ("title", "anchor"),
    [
        ("L’enjeu", "l-enjeu"),
        ("Co-mise en œuvre", "co-mise-en-oeuvre"),
        ("« »", "section"),
        ("2002", "n-2002"),
        ("x" * 200, "x" * 72),
    ],
)
def test_anchor_make(title, anchor):
    assert anchor_make(title, []) == anchor
    assert anchor_make(title, [anchor, f"{anchor}-2"]) == f"{anchor}-3"


# --- the lexicon changes


def test_a_renamed_term_marks_again_what_uses_it():
    made = term("aidant", "Aidant")
    html = shown("<p>Un aidant et un accompagnant.</p>")
    section = Section.objects.get(rendered_html=html)
    made.slug, made.term = "accompagnant", "Accompagnant"
    term_save(term=made)
    section.refresh_from_db()
    assert section.rendered_html == (
        f"<p>Un aidant et un {link('accompagnant', 'accompagnant')}.</p>"
    )
    assert TermRedirect.objects.get(slug="aidant").term == made


def test_a_new_term_and_a_new_synonym_mark_the_texts():
    section = factories.section(factories.resource(), "Un passage", "<p>Des patients experts.</p>")
    path = factories.path(section.resource, steps=1)
    path.steps.update(actions_html="<p>Le patient expert</p>")
    made = term_save(term=unsaved_term("pp", "Patient partenaire"))
    section.refresh_from_db()
    assert section.rendered_html == "<p>Des patients experts.</p>"
    made.synonyms = ["patient expert"]
    term_save(term=made)
    section.refresh_from_db()
    assert section.rendered_html == f"<p>Des {link('pp', 'patients experts')}.</p>"
    assert path.steps.get().rendered["actions"] == f"<p>Le {link('pp', 'patient expert')}</p>"


def test_an_archived_term_loses_its_marks_and_gets_them_back():
    made = term("aidant", "Aidant")
    section = Section.objects.get(rendered_html=shown("<p>Un aidant</p>"))
    term_archive(term=made)
    section.refresh_from_db()
    assert section.rendered_html == "<p>Un aidant</p>"
    assert not section.marks.exists()
    term_restore(term=made)
    section.refresh_from_db()
    assert section.rendered_html == f"<p>Un {link('aidant', 'aidant')}</p>"


def test_a_change_of_definition_marks_nothing_again():
    made = term("aidant", "Aidant")
    shown("<p>Un aidant</p>")
    made.definition = "Mieux dit."
    with CaptureQueriesContext(connection) as queries:
        term_save(term=made)
    assert not [q for q in queries if 'UPDATE "resources_section"' in q["sql"]]


def test_rendering_takes_as_many_statements_for_one_section_as_for_many():
    term("aidant", "Aidant")
    made = factories.resource()
    sections = [
        factories.section(made, f"Passage {n}", "<p>Un aidant et sa suite</p>") for n in range(30)
    ]
    matcher = matcher_make()
    with CaptureQueriesContext(connection) as one:
        assert sections_render(sections[:1], matcher=matcher) == 1
    with CaptureQueriesContext(connection) as many:
        assert sections_render(sections[1:], matcher=matcher) == 29
    assert len(many) == len(one)
    with CaptureQueriesContext(connection) as again:
        assert sections_render(Section.objects.filter(resource=made).exclude(title="L’enjeu")) == 0
    assert not [q for q in again if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
