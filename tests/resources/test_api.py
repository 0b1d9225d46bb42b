"""The library through « /api/v1/ »: lists, filters, search, pages, details."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from cops.pagecache import raise_version
from cops.search import entries_replace
from resources.enums import Status
from resources.models import (
    Reference,
    Resource,
    ResourceRedirect,
    ResourceReference,
    ResourceRelation,
    ResourceTerm,
    TermRedirect,
)
from resources.services.indexing import resource_drafts, resource_source
from tests.accounts.people import person, sign_in
from tests.resources import factories, lexicon_data

pytestmark = pytest.mark.django_db
LIST, TERMS = "/api/v1/resources/", "/api/v1/terms/"


def get(path: str, **query) -> dict:
    answer = Client().get(path, query or None)
    assert answer.status_code == 200, answer.content
    return answer.json()


def slugs(path: str, **query) -> list[str]:
    return [row["slug"] for row in get(path, **query)["results"]]


def every(path: str, **query) -> list[str]:
    """Every slug, page after page."""
    found, page = [], get(path, **query)
    while True:
        found += [row["slug"] for row in page["results"]]
        if page["next"] is None:
            return found
        page = get(page["next"].removeprefix("http://localhost:8000"))


def shelf(number: int, **fields) -> list[Resource]:
    """So many resources, the first one the most recent."""
    now = timezone.now()
    return [
        factories.resource(
            slug=f"fiche-api-{n}", published_at=now - timedelta(hours=n + 1), **fields
        )
        for n in range(number)
    ]


def indexed(made: Resource) -> Resource:
    entries_replace(resource_source(made.pk), resource_drafts(made))
    return made


# Lists.


def test_a_list_gives_what_is_public_the_most_recent_first():
    shelf(3)
    factories.resource(slug="brouillon", status=Status.DRAFT, version=0)
    factories.resource(slug="demain", published_at=timezone.now() + timedelta(days=1))
    factories.resource(slug="retiree", withdrawn_at=timezone.now() - timedelta(hours=1))
    assert slugs(LIST) == ["fiche-api-0", "fiche-api-1", "fiche-api-2"]


def test_a_draft_is_not_for_the_team_either():
    factories.resource(slug="brouillon", status=Status.DRAFT, version=0)
    client = Client()
    sign_in(client, person("team"))
    assert client.get(LIST).json()["results"] == []
    assert client.get(f"{LIST}brouillon/").status_code == 404


def test_the_filters_are_those_of_the_library():
    factories.resource(slug="a", kind="agir", topics=["etp"], departments=["34"])
    factories.resource(slug="b", kind="guide", topics=["recherche"])
    falc = factories.resource(slug="c", kind="mission", topics=["etp"], number=3)
    factories.falc(falc)
    assert set(slugs(LIST, genre=["agir", "guide"])) == {"a", "b"}
    assert set(slugs(LIST, theme="etp")) == {"a", "c"}
    assert slugs(LIST, theme="etp", genre="agir") == ["a"]
    assert set(slugs(LIST, dept="09")) == {"b", "c"}
    assert slugs(LIST, falc="oui") == ["c"]


def test_what_is_unknown_is_ignored_and_said():
    factories.resource(slug="a")
    found = get(LIST, genre="roman", gener="agir", taille="10000")
    assert [row["slug"] for row in found["results"]] == ["a"]
    assert found["notices"] == [
        "Paramètre inconnu, ignoré\u00a0: gener",
        "Valeur inconnue, ignorée\u00a0: roman",
        "«\u00a0taille\u00a0» va de 1 à 50\u00a0: 50 par page ici.",
    ]


@pytest.mark.parametrize("sort", ["recent", "titre"])
def test_pages_give_every_row_once_even_with_equal_dates(sort):
    made = shelf(7)
    Resource.objects.update(published_at=made[0].published_at, sort_key="meme titre")
    assert sorted(every(LIST, taille=2, tri=sort)) == sorted(one.slug for one in made)


@pytest.mark.parametrize("sort", ["recent", "titre"])
def test_pages_stay_right_while_rows_come_and_go(sort):
    for n, one in enumerate(shelf(6)):
        one.title = f"{n} titre"
        one.save()
    page = get(LIST, taille=3, tri=sort)
    # Newer and earlier in the alphabet: it would push the third row onto the next page.
    factories.resource(slug="neuve", title="0 avant", published_at=timezone.now())
    Resource.objects.filter(slug="fiche-api-2").update(status=Status.ARCHIVED)
    rest = get(page["next"].removeprefix("http://localhost:8000"))
    assert [row["slug"] for row in rest["results"]] == [f"fiche-api-{n}" for n in (3, 4, 5)]
    assert rest["next"] is None


def test_a_search_gives_the_closest_first_page_by_page():
    for n in range(5):
        indexed(factories.resource(slug=f"ronde-{n}", title=f"La ronde numéro {n}"))
    indexed(factories.resource(slug="loin", text="<p>Une ronde, parfois.</p>"))
    indexed(factories.resource(slug="ailleurs"))
    whole = every(LIST, q="ronde")
    assert set(whole) == {"loin", *(f"ronde-{n}" for n in range(5))}
    assert whole[-1] == "loin"
    page = get(LIST, q="ronde", taille=2)
    indexed(factories.resource(slug="ronde-neuve", title="Ronde ronde ronde"))
    gone = Resource.objects.get(slug=page["results"][-1]["slug"])
    gone.status = Status.ARCHIVED
    gone.save()
    rest = every(page["next"].removeprefix("http://localhost:8000"))
    assert [slug for slug in rest if slug != "ronde-neuve"] == whole[2:]


def test_a_search_keeps_to_the_filters_and_to_the_order_asked_for():
    indexed(factories.resource(slug="b", title="Ronde b", kind="agir"))
    indexed(factories.resource(slug="a", title="Ronde a", kind="agir"))
    indexed(factories.resource(slug="c", title="Ronde c", kind="guide"))
    assert slugs(LIST, q="ronde", tri="titre", genre="agir") == ["a", "b"]


@pytest.mark.parametrize("query", ["\0", "&&&", "🩺", "a" * 1999, "' OR 1=1 --"])
def test_a_strange_search_is_an_empty_list_at_worst(query):
    indexed(factories.resource())
    assert isinstance(get(LIST, q=query)["results"], list)


@pytest.mark.parametrize("cursor", ["x", "eyJ:1:2", "\0", "%00"])
@pytest.mark.parametrize("more", [{}, {"q": "fiche"}, {"tri": "titre"}])
def test_a_malformed_cursor_is_a_clear_400(cursor, more):
    for path in (LIST, TERMS, "/api/v1/experiences/"):
        answer = Client().get(path, {"curseur": cursor, **more})
        assert answer.status_code == 400
        assert "reprenez la liste à son début" in answer.json()["message"]


def test_a_list_takes_as_many_statements_for_one_row_as_for_fifty(django_assert_num_queries):
    factories.resource()
    with django_assert_num_queries(3):  # the quota, the version of the contents, the rows
        get(LIST, taille=50, inconnu=1)
    shelf(50)
    with django_assert_num_queries(3):
        assert len(get(LIST, taille=50, inconnu=1)["results"]) == 50


def test_experiences_are_the_resources_of_that_kind():
    made = factories.resource(slug="vecue", kind="experience")
    factories.resource(slug="autre", kind="agir")
    assert slugs("/api/v1/experiences/") == ["vecue"]
    found = get("/api/v1/experiences/", genre="agir")
    assert [row["slug"] for row in found["results"]] == ["vecue"]
    assert found["notices"] == ["Paramètre inconnu, ignoré\u00a0: genre"]
    assert get("/api/v1/experiences/vecue/")["title"] == made.title
    assert Client().get("/api/v1/experiences/autre/").status_code == 404


# Kept answers.


@pytest.mark.parametrize("path", [LIST, f"{LIST}?inconnu=1", f"{LIST}a/", TERMS, "/api/v1/schema/"])
def test_who_has_it_already_is_told_so(path):
    factories.resource(slug="a")
    first = Client().get(path)
    for _ in range(2):
        again = Client().get(path, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert again["Access-Control-Allow-Origin"] == "*"
    assert first["Cache-Control"] == "no-cache"


def test_a_page_that_has_a_next_one_keeps_its_mark_too(settings):
    settings.PAGECACHE_BYTES = 0
    shelf(3)
    with time_machine.travel("2026-11-27T10:00:00Z", tick=False) as now:
        first = Client().get(LIST, {"taille": 1})
        now.shift(3600)
        again = Client().get(LIST, {"taille": 1}, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again["ETag"]) == (304, first["ETag"])


def test_a_new_resource_changes_the_mark():
    from resources.services.publishing import resource_archive

    made = factories.resource(slug="a")
    mark = Client().get(LIST)["ETag"]
    resource_archive(resource=made)
    answer = Client().get(LIST, headers={"if-none-match": mark})
    assert (answer.status_code, answer.json()["results"]) == (200, [])


# One resource.


def test_a_resource_comes_whole():
    made = factories.resource(
        slug="fiche",
        kind="agir",
        version=4,
        text='<p>Voir <a href="/lexique/mot/">le mot</a>, <a href="//ailleurs.fr/">là</a>.</p>',
    )
    factories.path(made)
    factories.falc(made)
    word = lexicon_data.term("mot", "mot")
    ResourceTerm.objects.create(resource=made, term=word)
    source = Reference.objects.create(key="k", type="article", title="Titre", year=2019)
    ResourceReference.objects.create(resource=made, reference=source)
    ResourceRelation.objects.create(source=made, target=factories.resource(slug="suite"))
    hidden = factories.resource(slug="cachee", status=Status.DRAFT, version=0)
    ResourceRelation.objects.create(source=made, target=hidden)
    found = get(f"{LIST}fiche/")
    assert found["version"] == 4
    assert found["url"] == "http://localhost:8000/ressources/fiche/"
    assert found["pdf"]["url"] == "http://localhost:8000/ressources/fiche.pdf"
    assert found["sections"][0]["html"] == (
        '<p>Voir <a href="http://localhost:8000/lexique/mot/">le mot</a>,'
        ' <a href="//ailleurs.fr/">là</a>.</p>'
    )
    steps = found["sections"][1]["path"]["steps"]
    assert [step["number"] for step in steps] == [1, 2]
    assert steps[0]["partner"]["html"] == "<p>Vous dites 1.</p>"
    assert [section["title"] for section in found["falc"]["sections"]] == ["En bref"]
    assert found["terms"][0]["api_url"] == "http://localhost:8000/api/v1/terms/mot/"
    assert found["references"][0]["citation_html"] == "«\u00a0Titre\u00a0». 2019."
    assert [row["slug"] for row in found["related"]] == ["suite"]
    assert found["licence"]["url"] == "http://localhost:8000/mentions-legales/"


def test_a_resource_takes_few_statements(django_assert_num_queries):
    made = factories.resource(slug="fiche")
    factories.path(made, steps=5)
    with django_assert_num_queries(5):  # quota, version, sheet, card, sections of both variants
        get(f"{LIST}fiche/", inconnu=1)


def test_a_former_address_leads_to_the_present_one():
    made = factories.resource(slug="neuve")
    ResourceRedirect.objects.create(slug="ancienne", resource=made)
    word = lexicon_data.term("mot", "mot")
    TermRedirect.objects.create(slug="ancien-mot", term=word)
    for old, new in [
        (f"{LIST}ancienne/", f"{LIST}neuve/"),
        (f"{TERMS}ancien-mot/", f"{TERMS}mot/"),
    ]:
        answer = Client().get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)
    Resource.objects.update(status=Status.ARCHIVED)
    assert Client().get(f"{LIST}ancienne/").status_code == 404


def test_the_licence_is_the_one_that_was_decided(settings):
    settings.SITE = settings.SITE | {"licence": "CC BY 4.0", "licence_url": "https://cc.test/by"}
    assert get(LIST)["licence"] == {"name": "CC BY 4.0", "url": "https://cc.test/by", "notice": ""}


# The lexicon.


def test_terms_come_in_french_order_by_category_and_page_by_page():
    for slug, word in [("b", "écoute"), ("a", "ami"), ("c", "famille")]:
        lexicon_data.term(slug, word)
    assert every(TERMS, taille=1) == ["a", "b", "c"]
    found = get(TERMS, categorie="nulle")
    assert found["notices"] == ["Valeur inconnue, ignorée\u00a0: nulle"]
    category = found["results"][0]["category"]["code"]
    assert slugs(TERMS, categorie=category) == ["a", "b", "c"]


def test_a_term_gives_the_words_it_sends_to():
    word, other = lexicon_data.term("mot", "mot"), lexicon_data.term("voisin", "voisin")
    word.see_also.add(other)
    word.sources.add(Reference.objects.create(key="k", type="article", title="Titre"))
    found = get(f"{TERMS}mot/")
    assert [row["slug"] for row in found["see_also"]] == ["voisin"]
    assert [row["title"] for row in found["sources"]] == ["Titre"]
    assert found["url"] == "http://localhost:8000/lexique/mot/"
    other.archived_at = timezone.now()
    other.save()
    raise_version()
    assert get(f"{TERMS}mot/")["see_also"] == []
    assert Client().get(f"{TERMS}voisin/").status_code == 404
