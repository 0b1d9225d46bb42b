"""What one is told where one fills: one's role, the instruction of the moment, the levels."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from cops.formats import typography
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO, here

pytestmark = pytest.mark.django_db
FOLD = "Que veulent dire les niveaux"


def _text(page: str) -> str:
    """As it is read, with plain spaces."""
    said = re.sub(r"<[^>]+>", " ", page)
    return re.sub(r"\s+", " ", said)


def _said(text: str) -> str:
    return re.sub(r"\s+", " ", str(typography(text)))


def _read(client, name, made, secret, query=""):
    return client.get(here(name, made, secret) + query).content.decode()


@pytest.mark.parametrize("query", ["", "?axe=3", "?axe=tout"])
def test_the_levels_are_explained_once_where_one_answers(client, query):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    page = _read(client, "answer", made, secret, query)
    assert page.count(FOLD) == 1
    for level in made.assessment.instrument.levels:
        assert _said(level.help) in _text(page)
        assert _said(level.falc) in _text(page)


def test_the_levels_are_explained_in_the_joint_moment_too(client):
    made, (_, secret), _ = making.turned()
    page = _read(client, "together", made, secret, "?n=5")
    assert page.count(FOLD) == 1
    assert _said(made.assessment.instrument.levels[2].help) in _text(page)


@pytest.mark.parametrize("role", [PRO, PARTNER])
@pytest.mark.parametrize("query", ["", "?axe=1", "?axe=tout"])
def test_the_instruction_of_ones_own_moment_comes_first(client, role, query):
    made = making.opened()
    _, secret = making.joined(made.assessment, role)
    page = _text(_read(client, "answer", made, secret, query))
    moment = made.assessment.instrument.moment(role)
    assert page.index(_said(moment.text)) < page.index(_said(moment.falc))
    assert page.index(_said(moment.falc)) < page.index("Solliciter et prendre en compte")


def test_the_instruction_is_not_said_again_at_the_other_steps(client):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    page = _text(_read(client, "answer", made, secret, "?axe=2"))
    assert "Notez ce que vous faites vraiment" not in page


@pytest.mark.parametrize("wording", ["", "medico-social"])
def test_each_role_says_whom_it_is_for_where_one_takes_place(client, wording):
    made = making.opened(wording=wording)
    page = client.get(reverse("selfassess:join", args=[made.code])).content.decode()
    for role in made.assessment.instrument.members.values():
        assert _said(role.label) in _text(page)
        assert _said(role.description) in _text(page)
    assert "proche-aidant partenaire" in _text(page)


def test_a_role_is_named_by_its_label_alone_and_described_by_the_rest(client):
    made = making.opened()
    page = client.get(reverse("selfassess:join", args=[made.code])).content.decode()
    for code in made.assessment.instrument.members:
        assert page.count(f'aria-labelledby="role-{code}" aria-describedby="pour-{code}"') == 1
        for name in ("role", "pour"):
            assert page.count(f'id="{name}-{code}"') == 1
