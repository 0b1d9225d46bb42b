"""Two wheels compared: what is agreed on, every gap, the widest first, and what concerns one alone;
on the page and on paper."""

from __future__ import annotations

import re
from copy import deepcopy
from html import unescape

import pytest

from cops.formats import typography
from selfassess import documents
from selfassess.reading.comparing import compare, low_axes
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO, here

pytestmark = pytest.mark.django_db
AGREED, NEAR, APART = "agreed", "near", "apart"


def _turned(first: dict, second: dict):
    made = making.opened()
    _, secret = making.sent(made.assessment, PRO, 3, **first)
    making.sent(made.assessment, PARTNER, 3, **second)
    made.assessment.refresh_from_db()
    return made, secret


def _both(client, made, secret) -> list[str]:
    """The page, and the paper before it is a PDF."""
    page = client.get(here("mine", made, secret)).content.decode()
    return [page, documents.outcome_html(made.assessment)]


def _listed(html: str, name: str) -> list[str]:
    """What the list of that name says, a line each; empty when there is no such list."""
    found = re.search(rf'<ul class="[^"]*\b{name}\b[^"]*"[^>]*>(.*?)</ul>', html, re.S)
    if found is None:
        return []
    lines = re.findall(r"<li>(.*?)</li>", found[1], re.S)
    return [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", line))).strip() for line in lines]


def _label(made, code: str) -> str:
    label = made.assessment.instrument.criteria[code].label
    return re.sub(r"\s+", " ", str(typography(label)))


def test_the_criteria_seen_the_same_way_are_named_with_their_level(client):
    made, secret = _turned({"CE1": 4, "CM3": None}, {"CE1": 0, "CM3": None})
    for html in _both(client, made, secret):
        said = _listed(html, AGREED)
        assert len(said) == 11
        assert said[0].startswith(_label(made, "CE2"))
        assert said[0].endswith("3")
        assert said[-1].endswith("non concerné")
        assert not any(line.startswith(_label(made, "CE1")) for line in said)


def test_a_gap_of_one_is_said_after_those_to_talk_about(client):
    made, secret = _turned({"CE2": 2, "CC1": 4, "CM1": 0}, {})
    for html in _both(client, made, secret):
        said = _listed(html, NEAR)
        assert [line.split(" Professionnel")[0] for line in said] == [
            _label(made, "CE2"),
            _label(made, "CC1"),
        ]
        assert "Professionnel partenaire : 2." in said[0]
        assert "Patient partenaire ressource : 3." in said[0]
        talk = html.index("Pour en parler")
        assert talk < html.index("À un niveau près")


def test_what_concerns_one_alone_is_said_kindly(client):
    made, secret = _turned({"CD2": None}, {"CD2": 2})
    for html in _both(client, made, secret):
        (said,) = _listed(html, APART)
        assert said.startswith(_label(made, "CD2"))
        assert "Professionnel partenaire : non concerné." in said
        assert "Patient partenaire ressource : 2." in said


def test_nothing_is_said_of_what_there_is_not(client):
    made, secret = _turned({}, {})
    for html in _both(client, made, secret):
        assert "À un niveau près" not in html
        assert _listed(html, APART) == []
        assert len(_listed(html, AGREED)) == 12


def test_all_gaps_are_in_one_list_or_the_other():
    instrument = making.grid().read()
    first = dict.fromkeys(instrument.criteria, 3)
    found = compare(instrument, first, {**first, "CE1": 0, "CE2": 2, "CM3": 1, "CM2": 4})
    assert [line.criterion.code for line in found.to_talk] == ["CE1", "CM3"]
    assert [line.criterion.code for line in found.near] == ["CE2", "CM2"]
    assert found.to_talk + found.near == found.gaps


def test_an_axis_low_for_one_of_the_two_is_low(client):
    low = {"CE1": 1, "CE2": 1, "CE3": 1}
    made, secret = _turned({}, low)
    ideas = made.assessment.instrument.axes[0].ideas
    for html in _both(client, made, secret):
        assert "Par où commencer" in html
        assert str(typography(ideas[0].title)) in html
        assert html.count("À essayer en atelier") == 1


def test_a_group_is_low_where_its_middle_is():
    instrument = making.grid().read()
    high, low = dict.fromkeys(instrument.criteria, 3), dict.fromkeys(instrument.criteria, 1)
    assert low_axes(instrument, [high, high, low]) == []
    assert len(low_axes(instrument, [high], [low])) == 4


def test_the_longest_lists_stay_on_paper(client):
    long = "Un mot " * 40
    version = making.grid()
    version.content = deepcopy(version.content)
    for axis in version.content["axes"]:
        for one in axis["criteria"]:
            one["label"] = long[:280]
    version.save()
    for first in (dict.fromkeys(making.CODES, 2), dict.fromkeys(making.CODES), {}):
        made, secret = _turned(first, {})
        answer = client.get(here("paper", made, secret, "resultat"))
        assert answer.content[:5] == b"%PDF-"
