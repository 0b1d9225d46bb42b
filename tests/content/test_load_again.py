"""The load over what was loaded before: edited objects kept, what left archived, nothing twice."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cops.content.services import content_load
from cops.pagecache.version import read_version
from cops.search.models import SearchEntry
from resources.models import Resource, Term
from resources.services.lexicon import term_save
from resources.services.publishing import resource_save
from tests.content.spoiling import LEXICON, SHEET, add_term, change, remove_term

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("starting_content")]

WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE")


def test_content_load_twice_writes_nothing(root):
    version = read_version()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        outcome = content_load(root=root)
    written = [q["sql"] for q in queries if q["sql"].lstrip().upper().startswith(WRITES)]
    assert written == []
    assert not outcome.wrote
    assert read_version() == version


def test_content_load_updates_what_changed_in_the_files(root):
    change(root, SHEET, "Sept conditions de réussite :", "Sept conditions pour réussir :")
    outcome = content_load(root=root)
    assert outcome.updated == [("ressource", "agir-groupe-de-travail")]
    sheet = Resource.objects.get(slug="agir-groupe-de-travail")
    assert (
        "Sept conditions pour réussir"
        in sheet.sections.get(anchor="le-partenariat-ici-c-est").source_html
    )
    assert list(sheet.versions.values_list("number", flat=True)) == [2, 1]


def test_content_load_keeps_a_sheet_that_was_edited(root):
    sheet = Resource.objects.get(slug="agir-groupe-de-travail")
    sheet.summary = "Écrit par l’équipe."
    resource_save(resource=sheet)
    change(root, SHEET, "Sept conditions de réussite :", "Sept conditions pour réussir :")
    outcome = content_load(root=root)
    assert outcome.kept == [("ressource", "agir-groupe-de-travail")]
    assert not outcome.wrote
    sheet.refresh_from_db()
    assert sheet.summary == "Écrit par l’équipe."


def test_content_load_keeps_a_section_that_was_edited(root):
    sheet = Resource.objects.get(slug="agir-groupe-de-travail")
    section = sheet.sections.first()
    type(section).objects.filter(pk=section.pk).update(source_html="<p>À nous.</p>")
    change(root, SHEET, "Sept conditions de réussite :", "Sept conditions pour réussir :")
    assert content_load(root=root).kept == [("ressource", "agir-groupe-de-travail")]


def test_content_load_keeps_a_term_whose_address_was_changed(root):
    term = Term.objects.get(slug="etp")
    term.slug = "education-therapeutique"
    term_save(term=term)
    change(root, LEXICON, "On apprend à mieux vivre", "On apprend à bien vivre")
    outcome = content_load(root=root)
    assert outcome.kept == [("terme", "etp")]
    assert not Term.objects.filter(slug="etp").exists()


def test_content_load_keeps_what_was_written_by_hand_under_the_same_slug(root):
    Term.objects.create(
        slug="mot-nouveau", term="Le nôtre", category="acteurs", definition="À nous.", basis="usage"
    )
    add_term(root)
    assert content_load(root=root).kept == [("terme", "mot-nouveau")]
    assert Term.objects.get(slug="mot-nouveau").term == "Le nôtre"


def test_content_load_archives_what_disappeared_and_brings_it_back(root):
    add_term(root)
    content_load(root=root)
    remove_term(root, "mot-nouveau")
    outcome = content_load(root=root)
    assert outcome.archived == [("terme", "mot-nouveau")]
    assert Term.objects.get(slug="mot-nouveau").archived_at is not None
    assert not SearchEntry.objects.filter(title="Mot nouveau").exists()
    assert not content_load(root=root).wrote

    add_term(root)
    assert content_load(root=root).restored == [("terme", "mot-nouveau")]
    assert Term.objects.get(slug="mot-nouveau").archived_at is None


def test_content_load_leaves_an_edited_object_that_disappeared(root):
    add_term(root)
    content_load(root=root)
    term = Term.objects.get(slug="mot-nouveau")
    term.definition = "Mieux dit."
    term_save(term=term)
    remove_term(root, "mot-nouveau")
    assert content_load(root=root).kept == [("terme", "mot-nouveau")]
    assert Term.objects.get(slug="mot-nouveau").archived_at is None
