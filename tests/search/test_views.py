import pytest
from django.test import Client
from django.utils.html import escape

from cops.counters import memory
from cops.counters.models import SearchMiss
from cops.pagecache import raise_version
from cops.search import Definition, registry
from tests.search.making import entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_kinds(monkeypatch) -> None:
    monkeypatch.setattr(registry, "_kinds", {"agir": "Fiche « Agir ! »", "terme": "Mot du lexique"})


@pytest.fixture(autouse=True)
def empty_memory():
    memory._memory.take()
    yield
    memory._memory.take()


def page(client: Client, **query):
    return client.get("/recherche/", query)


def words(answer) -> str:
    """The page with plain spaces where French puts no-break ones."""
    text = answer.text
    for space in ("&nbsp;", "\u00a0", "&#8239;", "\u202f"):
        text = text.replace(space, " ")
    return text


def heading(answer) -> str:
    return words(answer).split("<h1>")[1].split("</h1>")[0]


def test_title_and_heading_say_how_many(client):
    entry("1", "Recherche")
    assert heading(page(client, q="recherche")) == "1 résultat pour « recherche »"
    entry("2", "Recherche deux")
    raise_version()
    answer = page(client, q="recherche")
    assert heading(answer) == "2 résultats pour « recherche »"
    assert "<title>2 résultats pour « recherche » — COPS</title>" in words(answer)
    assert heading(page(client, q="zxqwv")) == "Aucun résultat pour « zxqwv »"
    assert heading(page(client)) == "Rechercher sur le site"


def test_a_result_says_kind_date_excerpt_and_section(client):
    entry("1", "La fiche", sections=[("enjeu", "L’enjeu", "La rétribution compte.")])
    text = words(page(client, q="rétribution"))
    assert "Fiche « Agir ! »" in text
    assert "La <mark>rétribution</mark> compte." in text
    assert 'href="/ressources/1/#enjeu"' in text
    assert "« L’enjeu »" in text


def test_what_is_typed_and_what_is_indexed_are_escaped(client):
    entry("1", "<script>alert(1)</script> piège", "<b>piège</b>")
    answer = page(client, q='piège "><img src=x>')
    assert "<img src=x" not in answer.text
    assert "<script>alert" not in page(client, q="piège").text


def test_facets_chips_and_unknown_values(client):
    entry("1", "Recherche", topics=["etp"])
    entry("2", "Recherche", kind="terme")
    text = words(page(client, q="recherche", genre=["agir", "faux"], theme="lune"))
    assert "1 résultat" in text
    assert "« faux » n’est pas un filtre" in text
    assert "« lune » n’est pas un filtre" in text
    assert escape("/recherche/?q=recherche") in text
    assert "Éducation thérapeutique" in text
    assert "Tous les domaines" not in text


def test_filters_that_leave_nothing_say_so(client):
    entry("1", "Recherche")
    text = words(page(client, q="recherche", genre="terme"))
    assert "avec ces filtres" in text
    assert "1 résultat sans filtre" in text


def test_pages(client):
    for number in range(25):
        entry(str(number), f"Recherche {number}")
    first = page(client, q="recherche")
    for number in ("1", "0", "-5", "abc", "", "1.5"):
        assert heading(page(client, q="recherche", page=number)) == heading(first)
    second = page(client, q="recherche", page="2")
    assert 'start="21"' in second.text
    assert "page 2 — COPS" in words(second)
    for number in ("3", "99999", "9" * 30):
        assert page(client, q="recherche", page=number).status_code == 404


def test_a_long_query_is_cut_and_said(client):
    assert "200 premiers caractères" in words(page(client, q="mot " * 100))


def test_a_typing_error_is_said(client):
    entry("1", "Le partenariat")
    text = words(page(client, q="partenriat"))
    assert "1 résultat pour « partenariat »" in text
    assert "Aucun résultat pour « partenriat »" in text


def test_the_lexicon_is_said_and_its_definition_heads_the_page(client, lexicon, monkeypatch):
    entry("1", "Patient partenaire")
    lexicon({"patient expert": ['"patient partenaire"']})
    known = Definition(term="Patient partenaire", text="Quelqu’un.", url="/lexique/pp/")
    monkeypatch.setattr(registry, "_headline", lambda text: known)
    text = words(page(client, q="patient expert"))
    assert "nous avons aussi cherché « patient partenaire »" in text
    assert "Quelqu’un." in text


def test_a_miss_is_counted_once_per_request_and_never_kept_in_memory(client, settings):
    settings.PAGECACHE_BYTES = 1_000_000
    entry("1", "Recherche")
    for _ in range(3):
        assert page(client, q="Covoiturage 31").headers["Cache-Control"] == "no-store"
    page(client, q="recherche")
    page(client, q="covoiturage", genre="agir")
    memory.flush()
    assert list(SearchMiss.objects.values_list("text", "count")) == [("covoiturage", 3)]


def test_a_found_page_is_kept_in_memory(client, settings, django_assert_num_queries):
    settings.PAGECACHE_BYTES = 1_000_000
    entry("1", "Recherche")
    page(client, q="recherche")
    with django_assert_num_queries(1):
        assert "1 résultat" in words(page(client, q="recherche"))


@pytest.mark.parametrize("number", [1, 45])
def test_at_most_six_statements(client, number, django_assert_max_num_queries):
    for n in range(number):
        entry(str(n), f"Recherche {n}", topics=["etp"])
    for text in ("recherche", "rechreche", "rechreche zxqwv", "zxqwv"):
        with django_assert_max_num_queries(6):
            page(client, q=text)


def test_suggestions_are_json(client):
    entry("1", "Patient partenaire", kind="terme", aliases=["patient expert"])
    answer = client.get("/recherche/suggestions/", {"q": "patient ex"})
    assert answer.json() == {
        "suggestions": [
            {
                "title": "Patient partenaire",
                "kind": "Mot du lexique",
                "url": "/ressources/1/",
                "alias": "patient expert",
            }
        ]
    }
    assert client.get("/recherche/suggestions/").json() == {"suggestions": []}


def test_a_definition_alone_is_an_answer(client, monkeypatch):
    entry("word", "Partenariat", kind="terme", url="/lexique/partenariat/")
    known = Definition(term="Partenariat", text="Faire ensemble.", url="/lexique/partenariat/")
    monkeypatch.setattr(registry, "_headline", lambda _: known)
    answer = page(client, q="partenariat")
    assert heading(answer) == "1 résultat pour « partenariat »"
    assert "Faire ensemble." in words(answer)
    assert "Essayons autrement" not in words(answer)
    assert not SearchMiss.objects.exists()


def test_the_document_to_read_stands_beside_the_definition(client, lexicon, monkeypatch):
    known = Definition(term="Patient partenaire", text="…", url="/lexique/patient-partenaire/")
    monkeypatch.setattr(registry, "_headline", lambda _: known)
    lexicon({"patient expert": ['"patient partenaire"']})
    entry("sheet", "Une fiche", "Le patient partenaire.")
    for n in range(3):
        entry(f"exact-{n}", f"Page {n}", "Un patient qui se dit expert.")
    said = words(page(client, q="patient expert"))
    assert said.index('À lire : <a href="/ressources/sheet/">Une fiche</a>') < said.index("Page 0")
