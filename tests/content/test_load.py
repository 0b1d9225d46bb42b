"""The whole load of an empty portal, and what it refuses; over another one: test_load_again.py."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cops.content.faults import ContentFaults
from cops.content.models import LoadedItem
from cops.content.services import content_load, content_read
from cops.search.models import SearchEntry
from resources.enums import Status
from resources.models import Quiz, Resource, ResourceVersion, Term
from tests.content.spoiling import LEXICON, SHEET, add_term, change

pytestmark = pytest.mark.django_db


def test_content_load_brings_everything(root):
    outcome = content_load(root=root)
    assert outcome.kept == outcome.archived == outcome.restored == outcome.updated == []
    assert Resource.objects.public().count() == 14
    assert Term.objects.public().count() == 107
    assert ResourceVersion.objects.filter(number=1).count() == 14
    assert Quiz.objects.get().statements.count() == 11
    assert LoadedItem.objects.count() == len(outcome.created)
    assert SearchEntry.objects.filter(kind="terme").count() == 107


def test_content_load_raises_the_page_version_once(root):
    with CaptureQueriesContext(connection) as queries:
        content_load(root=root)
    raised = [q for q in queries if "INSERT INTO pagecache_contentversion" in q["sql"]]
    assert len(raised) == 1


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
