"""The whole load: upsert by slug, edited objects kept, what left archived, nothing twice."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cops.content.faults import ContentFaults
from cops.content.models import LoadedItem
from cops.content.services import content_load, content_read
from cops.pagecache.version import read_version
from cops.search.models import SearchEntry
from resources.enums import Status
from resources.models import Quiz, Resource, ResourceVersion, Term
from resources.services.lexicon import term_save
from resources.services.publishing import resource_save

pytestmark = pytest.mark.django_db

WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE")
LEXICON = "resources/content/lexicon.yaml"
SHEET = "resources/content/resources/agir-groupe-de-travail.md"


def change(root, file, before, after):
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def remove_term(root, slug):
    path = root / LEXICON
    blocks = path.read_text(encoding="utf-8").split("\n- slug: ")
    kept = [block for block in blocks if not block.startswith(f"{slug}\n")]
    assert len(kept) == len(blocks) - 1
    path.write_text("\n- slug: ".join(kept), encoding="utf-8")


def add_term(root, slug="mot-nouveau", term="Mot nouveau"):
    with (root / LEXICON).open("a", encoding="utf-8") as file:
        file.write(
            f'\n- slug: {slug}\n  term: "{term}"\n  category: acteurs\n'
            '  definition: "Un mot."\n  basis: editorial\n'
        )


def test_content_load_brings_everything(root):
    outcome = content_load(root=root)
    assert outcome.kept == outcome.archived == outcome.restored == outcome.updated == []
    assert Resource.objects.public().count() == 14
    assert Term.objects.public().count() == 107
    assert ResourceVersion.objects.filter(number=1).count() == 14
    assert Quiz.objects.get().statements.count() == 11
    assert LoadedItem.objects.count() == len(outcome.created)
    assert SearchEntry.objects.filter(kind="terme").count() == 107


def test_content_load_twice_writes_nothing(root):
    content_load(root=root)
    version = read_version()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        outcome = content_load(root=root)
    written = [q["sql"] for q in queries if q["sql"].lstrip().upper().startswith(WRITES)]
    assert written == []
    assert not outcome.wrote
    assert read_version() == version


def test_content_load_raises_the_page_version_once(root):
    with CaptureQueriesContext(connection) as queries:
        content_load(root=root)
    raised = [q for q in queries if "INSERT INTO pagecache_contentversion" in q["sql"]]
    assert len(raised) == 1


def test_content_load_updates_what_changed_in_the_files(root):
    content_load(root=root)
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
    content_load(root=root)
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
    content_load(root=root)
    sheet = Resource.objects.get(slug="agir-groupe-de-travail")
    section = sheet.sections.first()
    type(section).objects.filter(pk=section.pk).update(source_html="<p>À nous.</p>")
    change(root, SHEET, "Sept conditions de réussite :", "Sept conditions pour réussir :")
    assert content_load(root=root).kept == [("ressource", "agir-groupe-de-travail")]


def test_content_load_keeps_a_term_whose_address_was_changed(root):
    content_load(root=root)
    term = Term.objects.get(slug="etp")
    term.slug = "education-therapeutique"
    term_save(term=term)
    change(root, LEXICON, "On apprend à mieux vivre", "On apprend à bien vivre")
    outcome = content_load(root=root)
    assert outcome.kept == [("terme", "etp")]
    assert not Term.objects.filter(slug="etp").exists()


def test_content_load_keeps_what_was_written_by_hand_under_the_same_slug(root):
    content_load(root=root)
    Term.objects.create(
        slug="mot-nouveau", term="Le nôtre", category="acteurs", definition="À nous.", basis="usage"
    )
    add_term(root)
    assert content_load(root=root).kept == [("terme", "mot-nouveau")]
    assert Term.objects.get(slug="mot-nouveau").term == "Le nôtre"


def test_content_load_archives_what_disappeared_and_brings_it_back(root):
    content_load(root=root)
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


def test_content_load_archives_a_sheet_that_disappeared(root):
    sheet = root / SHEET
    copy = root / "resources/content/resources/fiche-de-plus.md"
    text = sheet.read_text(encoding="utf-8").replace(
        "slug: agir-groupe-de-travail", "slug: fiche-de-plus"
    )
    copy.write_text(text, encoding="utf-8")
    content_load(root=root)
    copy.unlink()
    assert content_load(root=root).archived == [("ressource", "fiche-de-plus")]
    assert Resource.objects.get(slug="fiche-de-plus").status == Status.ARCHIVED
    copy.write_text(text, encoding="utf-8")
    assert content_load(root=root).restored == [("ressource", "fiche-de-plus")]
    assert Resource.objects.get(slug="fiche-de-plus").status == Status.PUBLISHED


def test_content_load_leaves_an_edited_object_that_disappeared(root):
    add_term(root)
    content_load(root=root)
    term = Term.objects.get(slug="mot-nouveau")
    term.definition = "Mieux dit."
    term_save(term=term)
    remove_term(root, "mot-nouveau")
    assert content_load(root=root).kept == [("terme", "mot-nouveau")]
    assert Term.objects.get(slug="mot-nouveau").archived_at is None


def test_content_load_writes_nothing_when_a_file_is_wrong(root):
    change(root, SHEET, "### 2. Co-construction", "### 4. Co-construction")
    with pytest.raises(ContentFaults):
        content_load(root=root)
    assert Term.objects.count() == Resource.objects.count() == LoadedItem.objects.count() == 0


def test_content_read_lists_every_fault_in_the_order_of_the_files(root):
    add_term(root, slug="etp", term="En double")
    change(root, LEXICON, "category: démarches", "category: demarche")
    change(root, SHEET, "domain: groupe-de-travail", "domaine: groupe-de-travail")
    with pytest.raises(ContentFaults) as error:
        content_read(root=root)
    lines = [str(fault) for fault in error.value.faults]
    first = (root / LEXICON).read_text(encoding="utf-8").split("\n")
    category = first.index("  category: demarche") + 1
    again = len(first) - 6
    etp = first.index("- slug: etp") + 1
    assert lines == [
        f"{LEXICON}, ligne {category} : « demarche » n’est pas admis ; au choix : démarches,"
        " demarches, acteurs, savoirs, projets, instances, engagement.",
        f"{LEXICON}, ligne {again + 1} : « etp » existe déjà ({LEXICON}, ligne {etp}).",
        f"{SHEET}, ligne 2 : le champ « domain » est obligatoire.",
        f"{SHEET}, ligne 7 : le champ « domaine » est inconnu.",
    ]


def test_content_read_checks_references_against_the_files(root):
    change(root, SHEET, "  - leadership-partage", "  - leadership-partagé-nulle-part")
    change(root, LEXICON, "sources: [oms-sante]", "sources: [oms-nulle-part]")
    with pytest.raises(ContentFaults) as error:
        content_read(root=root)
    messages = [fault.message for fault in error.value.faults]
    assert messages == [
        "« oms-nulle-part » est inconnu : aucun fichier ne le décrit.",
        "« leadership-partagé-nulle-part » n’est pas une adresse : lettres sans accent, chiffres"
        " et tirets, 80 signes au plus.",
    ]
