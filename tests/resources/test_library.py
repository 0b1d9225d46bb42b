"""« /ressources/ »: what it shows, how it pages, what it does with strange requests."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cops.search import entries_replace
from resources.enums import Kind, Status
from resources.models import PreparedDocument
from resources.services.indexing import resource_drafts, resource_source
from tests.resources import factories

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    return [card["title"] for card in response.context["cards"]]


def test_list_shows_what_is_public_and_nothing_else(client):
    now = timezone.now()
    shown = factories.resource(title="Montrée")
    factories.resource(title="Brouillon", status=Status.DRAFT)
    factories.resource(title="Archivée", status=Status.ARCHIVED)
    factories.resource(title="À venir", published_at=now + timedelta(days=1))
    factories.resource(title="Retirée", withdrawn_at=now - timedelta(hours=1))
    response = client.get("/ressources/")
    assert titles(response) == [shown.title]
    assert response.context["total"] == 1


def test_list_obeys_the_clock_to_the_second(client):
    now = timezone.now()
    soon, past = timedelta(minutes=5), timedelta(seconds=1)
    factories.resource(title="Bientôt retirée", withdrawn_at=now + soon)
    factories.resource(title="Déjà retirée", withdrawn_at=now - past)
    factories.resource(title="Tout juste publiée", published_at=now - past)
    factories.resource(title="Publiée bientôt", published_at=now + soon)
    response = client.get("/ressources/")
    assert titles(response) == ["Tout juste publiée", "Bientôt retirée"]
    assert response.context["total"] == 2


def test_card_says_kind_topics_date_file_and_falc(client):
    made = factories.resource(kind=Kind.MISSION, number=4, topics=["formation", "etp"])
    factories.falc(made)
    PreparedDocument.objects.create(
        resource=made, form="standard", sha256="0" * 64, pages=4, size=180_000, version=1
    )
    (card,) = client.get("/ressources/").context["cards"]
    assert card == {
        "kind": "Fiche-mission",
        "number": 4,
        "title": made.title,
        "url": f"/ressources/{made.slug}/",
        "summary": made.summary,
        "topics": ["Éducation thérapeutique", "Formation"],
        "date": made.published_at,
        "falc": True,
        "pdf_pages": 4,
        "pdf_size": 180_000,
    }


def test_facets_filter_and_become_chips(client):
    factories.resource(kind=Kind.AGIR, title="Une fiche Agir", topics=["etp"])
    factories.resource(kind=Kind.GUIDE, title="Un guide", topics=["etp"])
    response = client.get("/ressources/?genre=agir&theme=etp&tri=titre")
    assert titles(response) == ["Une fiche Agir"]
    assert response.context["chips"] == [
        {"label": "Type : Fiche « Agir ! »", "url": "/ressources/?theme=etp&tri=titre"},
        {"label": "Domaine : Éducation thérapeutique", "url": "/ressources/?genre=agir&tri=titre"},
    ]
    assert "Réinitialiser" in response.content.decode()


def test_value_at_zero_is_not_shown_but_a_choice_is_never_lost(client):
    factories.resource(kind=Kind.AGIR, topics=["etp"])
    factories.resource(kind=Kind.GUIDE, topics=["formation"])
    response = client.get("/ressources/?genre=agir&theme=formation")
    facets = {facet["name"]: facet for facet in response.context["facets"]}
    assert [option["value"] for option in facets["genre"]["options"]] == ["guide"]
    assert facets["genre"]["kept"] == ["agir"]
    assert '<input type="hidden" name="genre" value="agir">' in response.content.decode()
    assert "Aucune ressource ne correspond" in response.content.decode()


def test_unknown_value_is_ignored_and_said(client):
    factories.resource()
    response = client.get("/ressources/?genre=roman&inconnu=1&dept=%00")
    assert response.status_code == 200
    assert response.context["total"] == 1
    assert "«\u00a0roman\u00a0» n’est pas un filtre" in response.content.decode()


@pytest.mark.parametrize(
    ("page", "status", "number"),
    [
        ("", 200, 1),
        ("1", 200, 1),
        ("2", 200, 2),
        ("0", 200, 1),
        ("-4", 200, 1),
        ("abc", 200, 1),
        ("²", 200, 1),
        ("1.5", 200, 1),
        ("3", 404, None),
        ("99999", 404, None),
        ("9" * 400, 404, None),
    ],
)
def test_page_at_its_edges(client, page, status, number):
    for _ in range(13):
        factories.resource()
    response = client.get("/ressources/", {"page": page})
    assert response.status_code == status
    if number:
        assert response.context["page"].number == number


def test_pages_hold_every_row_once_in_a_total_order(client):
    now = timezone.now() - timedelta(days=1)
    made = {factories.resource(published_at=now, title="Même titre").slug for _ in range(30)}
    seen = []
    for number in (1, 2, 3):
        page = client.get("/ressources/", {"page": number})
        seen += [card["url"] for card in page.context["cards"]]
    assert len(seen) == 30
    assert {re.split("/", url)[2] for url in seen} == made


def test_order_by_date_and_by_title(client):
    now = timezone.now()
    factories.resource(title="L’été", published_at=now - timedelta(days=3))
    factories.resource(title="Agir", published_at=now - timedelta(days=2))
    factories.resource(title="Œuvrer", published_at=now - timedelta(days=1))
    assert titles(client.get("/ressources/")) == ["Œuvrer", "Agir", "L’été"]
    assert titles(client.get("/ressources/?tri=titre")) == ["Agir", "L’été", "Œuvrer"]
    assert titles(client.get("/ressources/?tri=pertinence")) == ["Œuvrer", "Agir", "L’été"]
    assert titles(client.get("/ressources/?tri=nawak")) == ["Œuvrer", "Agir", "L’été"]


def index(*made) -> None:
    """Put resources into the search index, as publishing does."""
    for resource in made:
        entries_replace(resource_source(resource.pk), resource_drafts(resource))


def test_words_filter_through_the_search_engine(client):
    first = factories.resource(title="Animer une réunion", summary="À plusieurs.")
    second = factories.resource(title="Autre", summary="Pour animer.", kind=Kind.AGIR)
    index(first, second, factories.resource(title="Sans rapport"))
    response = client.get("/ressources/?q=Animer")
    assert titles(response) == ["Animer une réunion", "Autre"]
    assert titles(client.get("/ressources/?q=animer&tri=titre")) == ["Animer une réunion", "Autre"]
    assert titles(client.get("/ressources/?q=animer&genre=agir")) == ["Autre"]
    assert response.context["chips"] == [{"label": "« Animer »", "url": "/ressources/"}]
    facets = {facet["name"]: facet for facet in response.context["facets"]}
    assert [(o["value"], o["count"]) for o in facets["genre"]["options"]] == [
        ("agir", 1),
        ("repere", 1),
    ]


@pytest.mark.parametrize("words", ["zzzzz", "& | !", "🙂", "\0", " ", "'", "%", "a" * 1500])
def test_strange_words_answer_calmly(client, words):
    index(factories.resource())
    response = client.get("/ressources/", {"q": words, "genre": "agir"})
    assert response.status_code == 200
    assert response.context["total"] == 0


@pytest.mark.parametrize("rows", [1, 200])
def test_words_ask_the_base_six_times_at_most(client, django_assert_max_num_queries, rows):
    index(*(factories.resource(title=f"Animer {n}") for n in range(rows)))
    client.get("/ressources/?q=autre")  # the lexicon is in memory from then on
    with django_assert_max_num_queries(6) as asked:
        assert client.get("/ressources/?q=animer").context["total"] == rows
    assert len(asked) == 4


def test_empty_library_says_so(client):
    response = client.get("/ressources/")
    assert response.status_code == 200
    assert "La bibliothèque est vide pour l’instant" in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3, 200])
def test_list_asks_the_base_six_times_at_most(client, django_assert_max_num_queries, rows):
    for _ in range(rows):
        factories.falc(factories.resource())
    with django_assert_max_num_queries(6) as asked:
        client.get("/ressources/?genre=repere&dept=34")
    assert len(asked) == 3


def test_team_sees_drafts(client):
    factories.resource(title="Brouillon", status=Status.DRAFT)
    client.force_login(factories.team_member())
    assert titles(client.get("/ressources/")) == ["Brouillon"]
