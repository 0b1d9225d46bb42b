"""The grids: loaded by slug, frozen once used, checked line by line, said in two wordings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from cops.content.reading import Reading
from selfassess.instrument import instrument_of
from selfassess.services import loading
from selfassess.services.grids import grid_write
from tests.selfassess import making

pytestmark = pytest.mark.django_db


def test_a_grid_that_nobody_used_is_edited_in_place_and_a_used_one_gets_a_version():
    version = making.grid()
    content = {**version.content, "intro": "Autre introduction."}
    assert grid_write(grid=version.grid, content=content).number == 1
    made = making.opened()
    newer = grid_write(grid=version.grid, content={**content, "intro": "Encore une autre."})
    assert newer.number == 2
    made.assessment.refresh_from_db()
    assert made.assessment.instrument.intro == "Autre introduction."
    assert grid_write(grid=version.grid, content=newer.content).number == 2


def test_both_grids_have_two_questions_and_a_whole_wording():
    for slug in ("soins-cliniques-et-educatifs", "groupe-de-travail"):
        version = making.grid(slug)
        plain, said = version.read(), version.read("medico-social")
        assert list(plain.criteria) == list(said.criteria)
        assert all(len(one.questions) == 2 for one in plain.criteria.values())
        assert said.members["partenaire"].label.startswith("Personne accompagnée partenaire")
        assert plain.members["partenaire"].label != said.members["partenaire"].label
        assert version.read("inconnue") == plain
        assert [len(axis.ideas) for axis in plain.axes] == [2, 2, 2, 2]


def test_a_version_frozen_before_there_were_ideas_is_still_read():
    content = dict(making.grid().content)
    content["axes"] = [
        {name: value for name, value in axis.items() if name != "ideas"} for axis in content["axes"]
    ]
    assert [axis.ideas for axis in instrument_of(content).axes] == [(), (), (), ()]


def test_an_axis_without_any_idea_is_named(tmp_path):
    text = (Path(settings.ROOT) / "selfassess/content/groupe-de-travail.yaml").read_text()
    whole = re.sub(
        r"    ideas:\n(?:      .*\n)+?(?=    criteria)", "    ideas: []\n", text, count=1
    )
    (tmp_path / "grille.yaml").write_text(whole)
    reading = Reading(tmp_path)
    loading.grids_read(tmp_path, reading)
    assert [one.message for one in reading.faults] == [
        "Co-expression : une idée d’atelier au moins est attendue."
    ]


def test_the_medico_social_wording_speaks_of_no_patient():
    for slug in ("soins-cliniques-et-educatifs", "groupe-de-travail"):
        said = making.grid(slug).read("medico-social")
        words = [said.intro, said.intro_falc]
        words += [w for role in said.members.values() for w in (role.label, role.description)]
        words += [w for one in said.moments for w in (one.title, one.text, one.falc)]
        words += [w for axis in said.axes for one in axis.ideas for w in (one.title, one.text)]
        words += [w for one in said.criteria.values() for w in (one.label, one.help, one.falc)]
        assert [word for word in words if "patient" in word.lower()] == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("value: 4", "value: 3", "de 0 à 4"),
        ("code: CE2", "code: CE1", "son propre code"),
        ("code: co-decision", "code: co-construction", "quatre axes"),
        ("- code: ensemble", "- code: autre", "« ensemble »"),
        ("      - code: CM2\n        help", "      - code: ZZ\n        help", "« ZZ »"),
    ],
)
def test_a_broken_grid_is_named_with_its_file(tmp_path, old, new, fault):
    text = (Path(settings.ROOT) / "selfassess/content/groupe-de-travail.yaml").read_text()
    assert old in text
    (tmp_path / "grille.yaml").write_text(text.replace(old, new, 1))
    reading = Reading(tmp_path)
    loading.grids_read(tmp_path, reading)
    assert any(fault in one.message and one.file == "grille.yaml" for one in reading.faults)
