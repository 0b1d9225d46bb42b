"""« /api/v1/grids/ »: as described, with its mark; nothing else of the self-assessment is there."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from cops.api.pagination import Slice
from selfassess.api import rows
from selfassess.models import Grid
from selfassess.services.grids import grid_archive, grid_write
from tests.resources.test_api_described import faults
from tests.selfassess import making

pytestmark = pytest.mark.django_db
GRIDS = "/api/v1/grids/"
ONE = f"{GRIDS}soins-cliniques-et-educatifs/"


@pytest.fixture(autouse=True)
def grids():
    making.grid()
    making.grid("groupe-de-travail")


def test_the_list_and_each_grid_are_as_described():
    schema = Client().get("/api/v1/schema/").json()
    listed = Client().get(GRIDS).json()
    assert faults(schema, "GridList", listed) == []
    assert [row["slug"] for row in listed["results"]] == [
        "groupe-de-travail", "soins-cliniques-et-educatifs",
    ]  # fmt: skip
    for row in listed["results"]:
        path = row["api_url"].partition("/api/")[2]
        assert faults(schema, "Grid", Client().get(f"/api/{path}").json()) == []


def test_a_grid_comes_whole_with_its_wordings_and_its_papers():
    grid = Client().get(ONE).json()
    criteria = [one for axis in grid["axes"] for one in axis["criteria"]]
    assert [one["code"] for one in criteria][:4] == ["CE1", "CE2", "CE3", "CC1"]
    assert len(criteria) == 12
    assert all(len(one["questions"]) == 2 and one["example"] for one in criteria)
    assert [level["value"] for level in grid["scale"]] == [0, 1, 2, 3, 4]
    assert {role["code"]: role["joins"] for role in grid["roles"]} == {
        "professionnel": True, "partenaire": True, "ensemble": False,
    }  # fmt: skip
    (wording,) = grid["wordings"]
    assert wording["roles"][1]["label"] == "Personne accompagnée partenaire"
    assert len(wording["criteria"]) == 12
    assert wording["title"] == "S’auto-évaluer : l’accompagnement"
    assert wording["axes"][1]["help"].startswith("On prépare l’accompagnement")
    assert [len(axis["ideas"]) for axis in wording["axes"]] == [2, 2, 2, 2]
    assert all(len(one["questions"]) == 2 for one in wording["criteria"])
    assert [paper["name"] for paper in grid["papers"]][-1] == "affiche"
    for paper in grid["papers"]:
        answer = Client().get(f"/{paper['url'].split('/', 3)[3]}")
        assert b"".join(answer.streaming_content)[:5] == b"%PDF-"


def test_an_edit_changes_the_version_and_the_mark():
    before = Client().get(ONE)
    assert Client().get(ONE, headers={"If-None-Match": before["ETag"]}).status_code == 304
    making.opened()
    grid = Grid.objects.get(slug="soins-cliniques-et-educatifs")
    content = grid.versions.get().content
    grid_write(grid=grid, content={**content, "intro": "Autre introduction."})
    after = Client().get(ONE)
    assert after["ETag"] != before["ETag"]
    assert (after.json()["version"], after.json()["intro"]) == (2, "Autre introduction.")
    assert Client().get(GRIDS).json()["results"][1]["intro"] == "Autre introduction."


def test_a_grid_out_of_view_or_unknown_is_a_404_in_french():
    grid = Grid.objects.get(slug="soins-cliniques-et-educatifs")
    grid_archive(grid=grid)
    for path in (ONE, f"{GRIDS}nulle/", f"{GRIDS}{'x' * 200}/"):
        answer = Client().get(path)
        assert answer.status_code == 404
        assert answer.json()["status"] == 404
    assert len(Client().get(GRIDS).json()["results"]) == 1


def test_pages_sizes_and_what_is_unknown():
    first = Client().get(f"{GRIDS}?taille=1&nul=1").json()
    assert [row["slug"] for row in first["results"]] == ["groupe-de-travail"]
    assert len(first["notices"]) == 1
    second = Client().get(first["next"].replace(first["next"].split("/api/")[0], "")).json()
    assert [row["slug"] for row in second["results"]] == ["soins-cliniques-et-educatifs"]
    assert Client().get(f"{GRIDS}?curseur=nul").status_code == 400


def test_anybody_reads_from_anywhere_and_nobody_writes():
    answer = Client().get(GRIDS, headers={"origin": "https://ailleurs.invalid"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(ONE).status_code == 405


def test_a_list_and_a_grid_are_read_in_one_statement_each(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(rows.grid_page(Slice(20, "", []))[0]) == 2
    with django_assert_num_queries(1):
        assert rows.grid_found("groupe-de-travail")


def test_nothing_else_of_the_self_assessment_can_be_reached():
    """Every address of the API is walked, with an assessment full of words in the base."""
    made, (me, secret), _ = making.turned()
    me.name, me.notes = "Zéphyrine", {"CE1": "canari-note"}
    me.save()
    made.assessment.joint_scores.create(criterion="CE1", value=1, sentence="canari-phrase")
    made.assessment.decisions.create(position=1, what="canari-decision")
    schema = Client().get("/api/v1/schema/")
    paths = [path.replace("{slug}", made.assessment.version.grid.slug)
             for path in schema.json()["paths"]]  # fmt: skip
    text = schema.content.decode() + Client().get("/api/v1/").content.decode()
    for path in [*paths, f"{ONE}?{secret}", f"{GRIDS}{made.code}/", f"{GRIDS}{secret}/"]:
        text += Client().get(path).content.decode()
    for word in ("Zéphyrine", "canari", secret, made.code, made.manager):
        assert word not in text
        assert json.dumps(word)[1:-1] not in text
    of_grids = [path for path in schema.json()["paths"] if "grid" in path]
    assert of_grids == ["/api/v1/grids/", "/api/v1/grids/{slug}/"]
    assert not [path for path in schema.json()["paths"] if "assess" in path or "evaluation" in path]
