"""The lexicon as people open it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cops import pagecache
from resources.enums import Basis, TermCategory, Variant
from resources.models import Reference, ResourceTerm, Term, TermMark, TermRedirect
from tests.resources import factories
from tests.resources.lexicon_data import term

pytestmark = pytest.mark.django_db


def queries(client, address):
    pagecache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lexicon_is_filed_in_french_order(client):
    for slug, name in [
        ("zele", "Zèle"),
        ("ecoute", "Écoute"),
        ("egalite", "Égalité"),
        ("eau", "Eau"),
    ]:
        term(slug, name)
    page = client.get("/lexique/").content.decode()
    places = [
        page.index(f'href="/lexique/{slug}/"') for slug in ("eau", "ecoute", "egalite", "zele")
    ]
    assert places == sorted(places)
    assert 'href="#lettre-e"' in page
    assert 'id="lettre-e"' in page
    assert 'href="#lettre-b"' not in page


def test_lexicon_says_how_many_words_have_their_easy_version(client):
    term("ecoute", "Écoute", falc="Entendre.")
    assert "Chacun a aussi une version facile" in client.get("/lexique/").content.decode()
    second = term("soin", "Soin", falc="Soigner.")
    for number, said in [(0, "1\u00a0mot a aussi une version facile"), (1, "Chacun a aussi")]:
        second.falc = "Soigner." * number
        second.save()
        pagecache.clear()
        assert said in client.get("/lexique/").content.decode()
    Term.objects.update(falc="")
    pagecache.clear()
    assert "version facile à lire et à comprendre" not in client.get("/lexique/").content.decode()


def test_lexicon_without_a_term_says_so_kindly(client):
    answer = client.get("/lexique/")
    assert answer.status_code == 200
    assert "Le lexique se prépare" in answer.content.decode()


def test_lexicon_sends_a_word_to_its_term(client):
    term("patient-partenaire", "Patient partenaire", instead_of=["patient expert"])
    page = client.get("/lexique/?q=Patients+experts").content.decode()
    assert "dites plutôt" in page
    assert 'href="/lexique/patient-partenaire/"' in page


def test_lexicon_with_nothing_found_helps(client):
    term("ecoute", "Écoute")
    page = client.get("/lexique/", {"q": "zzz"}).content.decode()
    assert "Ce mot n’est pas encore dans le lexique" in page
    assert 'href="/recherche/?q=zzz"' in page


def test_lexicon_filters_by_category_and_names_what_it_does_not_know(client):
    term("ecoute", "Écoute", category=TermCategory.SAVOIRS)
    term("pair", "Pair")
    page = client.get("/lexique/?categorie=savoirs&categorie=licornes").content.decode()
    assert 'href="/lexique/ecoute/"' in page
    assert 'href="/lexique/pair/"' not in page
    assert "«&nbsp;licornes&nbsp;» n’est pas une catégorie" in page


@pytest.mark.parametrize("q", ["%", "\0", "🙂", "& | !", "<script>", "a" * 1500, "   "])
def test_lexicon_takes_any_words(client, q):
    term("ecoute", "Écoute")
    answer = client.get("/lexique/", {"q": q})
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().split("<main")[1].split("</main")[0]


def test_lexicon_asks_as_much_for_1_and_200_terms(client):
    term("terme-0", "Terme 0")
    few = queries(client, "/lexique/")
    for number in range(1, 200):
        term(f"terme-{number}", f"Terme {number}", synonyms=[f"mot {number}"])
    assert queries(client, "/lexique/") == few <= 6


def test_term_page_tells_all_there_is(client):
    other = term("pair", "Pair")
    hidden = term("vieux", "Vieux mot", archived_at=timezone.now())
    found = term(
        "patient-partenaire",
        "Patient partenaire",
        acronym="PP",
        falc="La personne malade fait partie de l’équipe.",
        falc_reviewed_on=date(2026, 3, 1),
        synonyms=["patient acteur", "patient expert"],
        instead_of=["patient expert", "malade"],
        basis=Basis.GENERAL,
    )
    found.see_also.set([other, hidden])
    found.sources.set([Reference.objects.create(key="has", type="guide", title="Guide")])
    page = client.get("/lexique/patient-partenaire/").content.decode()
    for words in (
        "Patient partenaire",
        "La personne malade fait partie de l’équipe.",
        "Texte relu par des personnes concernées le 1er\u00a0mars\u00a02026.",
        "On dit aussi&nbsp;: patient acteur.",
        "«&nbsp;patient expert&nbsp;» ou «&nbsp;malade&nbsp;»",
        'href="/lexique/pair/"',
        "<cite>Guide</cite>",
        "l’équipe du COPS ne l’a pas encore relue",
        "https://schema.org/DefinedTerm",
    ):
        assert words in page
    assert "vieux" not in page


def test_term_page_says_that_an_easy_text_is_not_yet_reread(client):
    term("pair", "Pair", falc="Une personne comme vous.")
    page = client.get("/lexique/pair/").content.decode()
    assert "Ce texte n’a pas encore été relu par des personnes concernées." in page


def test_term_page_links_only_to_what_is_visible(client):
    found = term("pair", "Pair")
    shown = factories.resource(slug="visible")
    tomorrow = timezone.now() + timedelta(days=1)
    later = factories.resource(slug="plus-tard", published_at=tomorrow)
    for resource in (shown, later):
        ResourceTerm.objects.create(resource=resource, term=found)
        TermMark.objects.create(section=resource.sections.get(), term=found)
    easy = factories.falc(shown)
    TermMark.objects.create(section=easy, term=found)
    page = client.get("/lexique/pair/").content.decode()
    assert 'href="/ressources/visible/"' in page
    assert (
        f'href="/ressources/visible/#{shown.sections.get(variant=Variant.STANDARD).anchor}"' in page
    )
    assert 'href="/ressources/visible/falc/#en-bref"' in page
    assert "plus-tard" not in page


def test_term_page_asks_as_much_for_1_and_200_uses(client):
    found = term("pair", "Pair")
    other = term("ecoute", "Écoute")

    def use(slug):
        resource = factories.resource(slug=slug)
        ResourceTerm.objects.create(resource=resource, term=found)
        TermMark.objects.create(section=resource.sections.get(), term=found)

    use("un")
    found.see_also.add(other)
    few = queries(client, "/lexique/pair/")
    for number in range(199):
        use(f"fiche-usage-{number}")
        found.see_also.add(term(f"terme-{number}", f"Terme {number}"))
    assert queries(client, "/lexique/pair/") == few <= 6
    pagecache.clear()
    assert "170\u00a0autres ressources" in client.get("/lexique/pair/").content.decode()


def test_term_that_was_renamed_answers_301(client):
    found = term("pair", "Pair")
    TermRedirect.objects.create(slug="semblable", term=found)
    answer = client.get("/lexique/semblable/?extrait=1")
    assert (answer.status_code, answer["Location"]) == (301, "/lexique/pair/?extrait=1")


@pytest.mark.parametrize("slug", ["inconnu", "ancien", "vieux", "E_COUTE"])
def test_term_that_is_not_there_answers_404(client, slug):
    old = term("vieux", "Vieux mot", archived_at=timezone.now())
    TermRedirect.objects.create(slug="ancien", term=old)
    assert client.get(f"/lexique/{slug}/").status_code == 404


def test_term_extract_is_a_fragment(client):
    term("pair", "Pair", falc="Une personne comme vous.")
    answer = client.get("/lexique/pair/?extrait=1")
    text = answer.content.decode()
    assert answer["X-Robots-Tag"] == "noindex"
    assert "<html" not in text
    assert 'href="/lexique/pair/"' in text
    assert "<details>" in text


def test_pages_set_no_cookie(client):
    term("pair", "Pair")
    for address in ("/lexique/", "/lexique/pair/", "/lexique/pair/?extrait=1"):
        assert not client.get(address).cookies
