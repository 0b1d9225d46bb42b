"""The facets' counts against a count made by hand in Python."""

import random

import pytest
from django.db import connection
from django.http import QueryDict

from cops.audiences import Audience
from cops.territory import Department
from cops.topics import Topic
from resources import tally
from resources.enums import Dimension, Kind, Modality
from resources.filters import LibraryFilter, unknown_in
from resources.models import Resource
from resources.reading.facets import facets_statement
from tests.resources import factories

pytestmark = pytest.mark.django_db

CODES = {
    "genre": Kind.values,
    "theme": Topic.values,
    "public": Audience.values,
    "dimension": Dimension.values,
    "modalite": Modality.values,
    "dept": Department.values,
    "falc": ["oui"],
}


def answers(made: Resource, facet: str, code: str) -> bool:
    """The rule in words of Python: does this resource answer to this value?"""
    match facet:
        case "genre":
            return made.kind == code
        case "theme":
            return code in made.topics
        case "public":
            codes = made.audience_codes
            return code in codes or "tous" in codes or not codes
        case "dimension":
            return made.dimension == code
        case "modalite":
            return code in made.modalities
        case "dept":
            return code in made.departments or not made.departments
        case _:
            return made.sections.filter(variant="falc").exists()


def by_hand(rows: list[Resource], chosen: dict[str, list[str]]) -> tuple[int, dict]:
    def holds(made: Resource, but: str = "") -> bool:
        return all(
            any(answers(made, facet, code) for code in codes)
            for facet, codes in chosen.items()
            if facet != but
        )

    values = {
        facet: {
            code: n
            for code in codes
            if (n := sum(holds(r, facet) and answers(r, facet, code) for r in rows))
        }
        for facet, codes in CODES.items()
    }
    return sum(holds(made) for made in rows), values


def some(rng: random.Random, codes: list[str], most: int) -> list[str]:
    return rng.sample(codes, rng.randint(0, most))


@pytest.fixture
def shelf() -> list[Resource]:
    rng = random.Random(2026)
    rows = []
    for _ in range(40):
        made = factories.resource(
            kind=rng.choice(Kind.values),
            topics=some(rng, Topic.values, 3),
            audience_codes=some(rng, Audience.values, 3),
            dimension=rng.choice(["", *Dimension.values]),
            modalities=some(rng, Modality.values, 2),
            departments=some(rng, Department.values, 2),
        )
        if rng.random() < 0.3:
            factories.falc(made)
        rows.append(made)
    return rows


def counted(query: str):
    asked = LibraryFilter(QueryDict(query), Resource.objects.all())
    chosen = asked.chosen()
    statement = facets_statement(Resource.objects.all(), asked.facets, chosen)
    return chosen, statement.run(asked.facets, {}), asked.qs


@pytest.mark.parametrize(
    "query",
    [
        "",
        "genre=agir",
        "genre=agir&genre=guide&theme=etp",
        "public=patients",
        "public=tous&dept=34",
        "dept=34&dept=48&falc=oui",
        "dimension=collectif&theme=formation&theme=recherche&public=proches",
        "modalite=vacation&genre=mission",
        "falc=oui&genre=inconnu",
    ],
)
def test_counts_match_a_count_by_hand(shelf, query):
    chosen, counts, rows = counted(query)
    total, values = by_hand(shelf, chosen)
    assert counts.values == values
    assert counts.total == total == rows.count()


def test_counts_match_over_many_random_choices(shelf):
    rng = random.Random(7)
    for _ in range(25):
        pairs = [(f, rng.choice(codes)) for f, codes in CODES.items() if rng.random() < 0.4]
        chosen, counts, rows = counted("&".join(f"{f}={c}" for f, c in pairs))
        assert (counts.total, counts.values) == by_hand(shelf, chosen)
        assert counts.total == rows.count()


def test_counts_are_one_statement(shelf, django_assert_num_queries):
    asked = LibraryFilter(QueryDict("genre=agir&dept=34"), Resource.objects.all())
    chosen = asked.chosen()
    with django_assert_num_queries(1):
        facets_statement(Resource.objects.public(), asked.facets, chosen).run(asked.facets, {})


def test_unknown_values_are_left_out_and_said():
    asked = LibraryFilter(QueryDict("genre=agir&genre=roman&dept=75"), Resource.objects.all())
    assert asked.chosen() == {"genre": ["agir"]}
    assert unknown_in(asked.data) == ["roman", "75"]


FIELDS = {
    "genre": "kind",
    "theme": "topics",
    "public": "audience_codes",
    "dimension": "dimension",
    "modalite": "modalities",
    "dept": "departments",
}


@pytest.mark.parametrize(("facet", "code"), tally.PLACES)
def test_the_database_and_the_code_agree_on_the_place_of_each_value(facet, code):
    """Fails when a closed list changed without a migration of the function resources_tally."""
    # For a public and a department that are on no list: else it would be for all of them.
    row = {"kind": "", "topics": [], "audience_codes": ["?"], "dimension": "", "modalities": []}
    row |= {"departments": ["?"]}
    field = FIELDS[facet]
    row[field] = [code] if isinstance(row[field], list) else code
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT resources_tally(%s, %s::text[], %s::text[], %s, %s::text[], %s::text[])::text",
            list(row.values()),
        )
        found = list(tally.counted(cursor.fetchone()[0]))
    answered = [place for place in tally.PLACES if place[0] == "public"]
    assert found == [(*place, 1) for place in (answered if code == "tous" else [(facet, code)])]


def test_a_tally_follows_every_way_of_writing_a_row():
    made = factories.resource(kind="agir", topics=["etp"])
    Resource.objects.filter(pk=made.pk).update(kind="guide", topics=["recherche"])
    _chosen, counts, _rows = counted("")
    assert (counts.values["genre"], counts.values["theme"]) == ({"guide": 1}, {"recherche": 1})
