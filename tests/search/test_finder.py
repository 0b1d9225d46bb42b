from datetime import timedelta

import pytest
from django.utils import timezone

from cops.search import Definition, find, registry, sources
from tests.search.making import entry

pytestmark = pytest.mark.django_db


def titles(text: str, **asked) -> list[str]:
    return [hit.title for hit in find(text, **asked).hits]


@pytest.mark.parametrize(
    "typed",
    [
        "mise en œuvre", "mise en oeuvre", "MISE EN ŒUVRE", "mises en œuvres", "co-mise en oeuvre",
        "l’expérience", "l'expérience", "experience", "Expériences", "pair-aidance", "pair aidance",
        "paires aidances", "« pair-aidance »", "patient·e·s",
    ],
)  # fmt: skip
def test_writing_is_forgiven(typed):
    entry("1", "Co-mise en œuvre", "L’expérience de la pair‑aidance, avec les patient·es.")
    entry("2", "Autre chose", "Rien de commun.")
    assert titles(typed) == ["Co-mise en œuvre"]


@pytest.mark.parametrize(
    "typed", ["partenriat", "partenatiat", "parteanriat", "partenaariat", "patrenariat", "ethixue"]
)
def test_one_letter_wrong_is_forgiven(typed):
    entry("1", "Le partenariat", "Une question d’éthique.")
    results = find(typed)
    assert [hit.title for hit in results.hits] == ["Le partenariat"]
    assert results.corrected in {"partenariat", "éthique"}
    assert not results.missed


def test_a_right_word_is_not_corrected():
    entry("1", "Patient", "Un patient partenaire.")
    assert find("patiente partenaires").corrected == ""


def test_title_before_summary_before_body():
    entry("body", "A", "Un mot sur la recherche.")
    entry("summary", "B", summary="La recherche.")
    entry("title", "La recherche")
    assert titles("recherche") == ["La recherche", "B", "A"]


def test_the_very_name_comes_first_then_another_name():
    entry("long", "Patient partenaire", kind="terme", aliases=["PP"])
    entry("sheet", "Le patient partenaire : patient, partenaire", "patient partenaire " * 30)
    entry("other", "Personne accompagnée", kind="terme", aliases=["patient partenaire"])
    assert titles("patients partenaires")[:2] == ["Patient partenaire", "Personne accompagnée"]


def test_exact_hits_come_before_what_the_lexicon_adds(lexicon):
    entry("expanded", "Patient partenaire", "patient partenaire " * 20)
    entry("exact", "Autre", "Un mot du patient dit expert, à la fin.")
    lexicon({"patient expert": ['"patient partenaire"']})
    results = find("patient expert")
    assert [hit.title for hit in results.hits] == ["Autre", "Patient partenaire"]
    assert (results.total, results.exact) == (2, 1)


def test_what_the_lexicon_adds_begins_with_documents_to_read(lexicon, monkeypatch):
    monkeypatch.setattr(registry, "_small", ["terme"])
    entry("word", "Patient partenaire", "patient partenaire " * 20, kind="terme")
    entry("sheet", "Une fiche", "Le patient partenaire, une fois.")
    entry("exact", "Un mot", "Un patient qui se dit expert.", kind="terme")
    lexicon({"patient expert": ['"patient partenaire"']})
    assert titles("patient expert") == ["Un mot", "Une fiche", "Patient partenaire"]
    assert titles("patient partenaire") == ["Patient partenaire", "Une fiche"]


def test_the_word_that_heads_the_page_is_counted_and_not_listed_again(monkeypatch):
    entry("word", "Partenariat", kind="terme", url="/lexique/partenariat/")
    known = Definition(term="Partenariat", text="…", url="/lexique/partenariat/")
    monkeypatch.setattr(registry, "_headline", lambda _: known)
    results = find("partenariat")
    assert (results.hits, results.total, results.definition) == ([], 1, known)
    assert not results.missed
    entry("sheet", "Une fiche", "Le partenariat.")
    assert titles("partenariat") == ["Une fiche"]


def test_the_document_that_the_lexicon_brings_is_named_with_the_definition(lexicon, monkeypatch):
    known = Definition(term="Patient partenaire", text="…", url="/lexique/patient-partenaire/")
    monkeypatch.setattr(registry, "_headline", lambda _: known)
    monkeypatch.setattr(registry, "_small", ["terme"])
    lexicon({"patient expert": ['"patient partenaire"']})
    entry("sheet", "Une fiche", "Le patient partenaire.")
    for n in range(2):
        entry(f"exact-{n}", f"Page {n}", "Un patient qui se dit expert.")
    assert find("patient expert").reading is None, "elle se voit déjà"
    entry("exact-2", "Page 2", "Un patient qui se dit expert.")
    reading = find("patient expert").reading
    assert reading is not None
    assert reading.title == "Une fiche"
    assert find("patient expert", page=2, per_page=2).reading is None
    assert find("patient expert", kinds=["terme"]).reading is None


def test_sections_stand_under_their_sheet_with_their_own_address():
    entry(
        "1", "La fiche", "Début.", summary="Résumé.",
        sections=[("enjeu", "L’enjeu", "La rétribution compte."), ("fin", "Fin", "Rien.")],
    )  # fmt: skip
    (hit,) = find("rétribution").hits
    assert (hit.title, hit.url, hit.kind) == ("La fiche", "/ressources/1/", "agir")
    assert [(part.title, part.url) for part in hit.sections] == [
        ("L’enjeu", "/ressources/1/#enjeu")
    ]
    assert hit.excerpt == "La <mark>rétribution</mark> compte."


def test_words_of_two_sections_find_the_sheet():
    entry("1", "Fiche", sections=[("a", "Un", "Le binôme."), ("b", "Deux", "L’évaluation.")])
    assert titles("binôme évaluation") == ["Fiche"]


def test_facets_count_under_the_other_choice():
    entry("1", "Recherche un", kind="agir", topics=["etp", "recherche"])
    entry("2", "Recherche deux", kind="mission", topics=["etp"])
    entry("3", "Recherche trois", kind="mission")
    everything = find("recherche")
    assert everything.kinds == {"agir": 1, "mission": 2}
    assert everything.topics == {"etp": 2, "recherche": 1}
    missions = find("recherche", kinds=["mission"])
    assert (missions.total, missions.matched) == (2, 3)
    assert missions.kinds == {"agir": 1, "mission": 2}
    assert missions.topics == {"etp": 1}
    both = find("recherche", kinds=["mission"], topics=["recherche"])
    assert (both.total, both.hits) == (0, [])
    assert not both.missed


def test_only_what_is_visible_by_the_clock():
    now = timezone.now()
    entry("1", "Recherche hier", visible_from=now - timedelta(days=1))
    entry("2", "Recherche demain", visible_from=now + timedelta(days=1))
    entry("3", "Recherche finie", visible_until=now - timedelta(seconds=1))
    results = find("recherche")
    assert [hit.title for hit in results.hits] == ["Recherche hier"]
    assert results.kinds == {"agir": 1}
    assert sources("recherche", prefix="tests:", limit=10) == ["tests:1"]


def test_phrase_exclusion_and_choice():
    entry("1", "Un", "un groupe de travail")
    entry("2", "Deux", "le travail du groupe")
    entry("3", "Trois", "une réunion")
    assert set(titles("groupe travail")) == {"Un", "Deux"}
    assert titles('"groupe de travail"') == ["Un"]
    assert titles("« groupe de travail »") == ["Un"]
    assert titles("groupe -deux") == ["Un"]
    assert set(titles("réunion OU groupe")) == {"Un", "Deux", "Trois"}


def test_some_of_the_words_when_nothing_has_all():
    entry("1", "La rémunération", "Le travail.")
    results = find("rémunération kilométrique")
    assert results.relaxed
    assert results.missed
    assert [hit.title for hit in results.hits] == ["La rémunération"]


def test_nothing_found_is_missed():
    entry("1", "Titre")
    results = find("zxqwv")
    assert results.missed
    assert (results.total, results.hits, results.nearby) == (0, [], [])


def test_pages_cut_the_same_order():
    for number in range(45):
        entry(str(number), f"Recherche {number}")
    pages = [titles("recherche", page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [20, 20, 5, 0]
    assert len({title for page in pages for title in page}) == 45
    assert find("recherche").pages == 3


def test_the_definition_follows_the_corrected_words(monkeypatch):
    entry("1", "Partenariat")
    known = Definition(term="Partenariat", text="…", url="/lexique/partenariat/")
    monkeypatch.setattr(
        registry, "_headline", lambda text: known if text == "partenariat" else None
    )
    assert find("partenariat").definition == known
    assert find("partenriat").definition == known
    assert find("autre").definition is None


def test_sources_of_one_app_only_and_typing_errors_mended():
    entry("1", "Recherche")
    entry("2", "La recherche, la recherche")
    assert set(sources("recherche", prefix="tests:", limit=10)) == {"tests:1", "tests:2"}
    assert len(sources("rechreche", prefix="tests:", limit=1)) == 1
    assert sources("recherche", prefix="autre:", limit=10) == []
    assert sources("", prefix="tests:", limit=10) == []


@pytest.mark.parametrize("number", [1, 60])
def test_as_many_statements_for_one_row_as_for_many(number, django_assert_num_queries):
    for n in range(number):
        entry(str(n), f"Recherche {n}", "mot " * 20, topics=["etp"])
    with django_assert_num_queries(2):
        find("recherche")
    with django_assert_num_queries(4):
        find("rechreche")
