"""An assessment on a version of the grid, and again on the next one: said, and compared by code."""

from __future__ import annotations

import copy

import pytest
from django.urls import reverse

from selfassess.reading.evolution import since
from selfassess.services.assessments import assessment_open
from selfassess.services.grids import grid_write
from selfassess.services.joint import joint_score_set
from tests.pdf.texts import text_of
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO

pytestmark = pytest.mark.django_db


def _again(change):
    """A pair on version 1, all at 1; the grid changed; the same again, all at 3."""
    first, _, _ = making.turned()
    for code in first.assessment.instrument.criteria:
        joint_score_set(assessment=first.assessment, criterion=code, value=1)
    version = first.assessment.version
    content = copy.deepcopy(version.content)
    change(content["axes"][0]["criteria"])
    newer = grid_write(grid=version.grid, content=content)
    made = assessment_open(version=newer, mode=first.assessment.mode, follows=first.assessment)
    secrets = [making.sent(made.assessment, role)[1] for role in (PRO, PARTNER)]
    made.assessment.refresh_from_db()
    for code in made.assessment.instrument.criteria:
        joint_score_set(assessment=made.assessment, criterion=code, value=3)
    return made, secrets[0]


def _replace(criteria):
    criteria[2] = {**criteria[2], "code": "CE4", "label": "Dire ses désaccords"}


def _rename(criteria):
    criteria[2]["label"] = "Respecter ce que chacun ressent"


def _reword(criteria):
    criteria[2]["help"] = "Une autre aide."


def test_a_criterion_added_and_one_removed_are_said_and_not_compared():
    made, _ = _again(_replace)
    found = since(made.assessment)
    (change,) = found["grid_changes"]
    assert [one.code for one in change.added] == ["CE4"]
    assert [one.code for one in change.removed] == ["CE3"]
    assert change.renamed == ()
    rows = {label: [mark for _, mark in marks] for label, marks in found["criteria_moves"]}
    assert rows["Dire ses désaccords"] == ["pas dans la grille", "3"]
    (gone,) = [label for label in rows if label.endswith("(n’est plus dans la grille)")]
    assert rows[gone] == ["1", "pas dans la grille"]
    assert len(rows) == 13


def test_an_axis_moves_by_the_criteria_that_both_times_asked():
    made, _ = _again(_replace)
    # The new criterion alone is low: the two that were asked twice went from 1 to 3.
    joint_score_set(assessment=made.assessment, criterion="CE4", value=0)
    moves = {move.axis.code: move.step for move in since(made.assessment)["moves"]}
    assert moves["co-expression"] == 2


def test_an_axis_of_which_nothing_is_common_is_not_compared():
    def all_new(criteria):
        for rank, one in enumerate(criteria):
            one["code"] = f"CE{rank + 4}"

    made, _ = _again(all_new)
    moves = {move.axis.code: move.step for move in since(made.assessment)["moves"]}
    assert moves["co-expression"] is None
    assert moves["co-decision"] == 2


def test_a_criterion_said_otherwise_is_compared_and_said():
    made, _ = _again(_rename)
    found = since(made.assessment)
    (change,) = found["grid_changes"]
    assert [(one.before[:9], one.after) for one in change.renamed] == [
        ("Respecter", "Respecter ce que chacun ressent")
    ]
    assert (change.added, change.removed) == ((), ())
    assert len(found["criteria_moves"]) == 12


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_replace, ["Nouveau", "N’est plus demandé", "pas dans la grille"]),
        (_rename, ["Redit autrement, même sens"]),
        (_reword, ["les douze critères sont les mêmes"]),
    ],
)
def test_the_page_and_the_paper_say_what_changed(client, change, said):
    made, secret = _again(change)
    page = client.get(reverse("selfassess:joint", args=[made.code, secret])).content.decode()
    for words in ("La grille a changé entre le", *said):
        assert words in page
    paper = client.get(reverse("selfassess:paper", args=[made.code, secret, "commun"]))
    text = text_of(paper.content)
    for words in ("La grille a changé entre le", *said):
        assert words.lower() in text.lower()


def test_nothing_is_said_on_the_same_version(client):
    first, _, _ = making.turned()
    joint_score_set(assessment=first.assessment, criterion="CE1", value=1)
    made = assessment_open(
        version=first.assessment.version, mode="a-deux", follows=first.assessment
    )
    secret, _ = (making.sent(made.assessment, role)[1] for role in (PRO, PARTNER))
    made.assessment.refresh_from_db()
    joint_score_set(assessment=made.assessment, criterion="CE1", value=3)
    page = client.get(reverse("selfassess:joint", args=[made.code, secret])).content.decode()
    assert "La grille a changé" not in page
    assert "Ce qui a bougé" in page
