"""What moved since last time: only what has a level both times is compared, and it is said."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pypdfium2
import pytest
from django.urls import reverse

from cops.formats import date_fr
from cops.pdf import make
from selfassess import documents
from selfassess.models import Assessment
from selfassess.reading.evolution import since
from selfassess.services.joint import Decided, decision_tick, decisions_set, joint_score_set
from tests.pdf.texts import text_of
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO

pytestmark = pytest.mark.django_db

NOT_COMPARED = "Pas de comparaison possible avec la dernière fois."
SAME = "Au même niveau que la dernière fois."
Levels = dict[str, int | None]


def _times(*times: Levels) -> SimpleNamespace:
    """A pair, as many times; these joint levels each time. The last assessment, and a secret."""
    before = None
    for levels in times:
        made = making.opened(follows=before)
        secret, _ = (making.sent(made.assessment, role)[1] for role in (PRO, PARTNER))
        made.assessment.refresh_from_db()
        for criterion, value in levels.items():
            joint_score_set(assessment=made.assessment, criterion=criterion, value=value)
        before = made.assessment
    return SimpleNamespace(assessment=made.assessment, code=made.code, secret=secret)


def _axis(found: SimpleNamespace, code: str = "co-expression"):
    return next(one for one in since(found.assessment)["moves"] if one.axis.code == code)


def _said(client, found: SimpleNamespace) -> tuple[str, str]:
    """What the page and the paper say of the first axis, from its name on."""
    page = client.get(reverse("selfassess:joint", args=[found.code, found.secret]))
    words = re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", page.content.decode(), flags=re.S))
    paper = text_of(make(documents.joint_html(found.assessment)))
    return tuple(  # type: ignore[return-value]
        " ".join(text[text.index("Ce qui a bougé") :].split()) for text in (words, paper)
    )


def test_what_is_posed_alone_so_far_moves_nothing_that_stayed(client):
    found = _times({"CE1": 1, "CE2": 3, "CE3": 3}, {"CE1": 1})
    move = _axis(found)
    assert (move.step, move.common) == (0, 1)
    # The curve is that of the one criterion too: its two points are level.
    assert move.levels == (1, 1)
    for text in _said(client, found):
        assert "En baisse" not in text
        assert f"{SAME} Comparé sur le seul critère qui a un niveau les deux fois." in text


def test_two_different_criteria_are_not_compared(client):
    found = _times({"CE1": 2}, {"CE2": 4})
    move = _axis(found)
    assert (move.step, move.common) == (None, 0)
    assert move.levels == (None, 4)
    for text in _said(client, found):
        assert "En hausse" not in text
        assert text.count(NOT_COMPARED) == 4


def test_a_criterion_that_is_no_concern_any_more_is_left_out_of_both_times(client):
    found = _times({"CE1": 0, "CE2": 2, "CE3": 4}, {"CE1": None, "CE2": 2, "CE3": 4})
    move = _axis(found)
    assert (move.step, move.common, move.levels) == (0, 2, (3, 3))
    for text in _said(client, found):
        assert "En hausse" not in text
        assert f"{SAME} Comparé sur 2 des 3 critères, ceux qui ont un niveau les deux fois." in text


def test_what_is_compared_is_not_told_again_when_it_is_all_there(client):
    whole = {"CE1": 1, "CE2": 1, "CE3": 1}
    found = _times(whole, dict.fromkeys(whole, 3))
    assert (_axis(found).step, _axis(found).common) == (2, 3)
    for text in _said(client, found):
        assert "En hausse de 2 depuis la dernière fois." in text
        assert "Comparé sur" not in text


def test_a_curve_follows_the_same_criteria_all_along_and_has_a_gap_where_they_are_not_all_there():
    found = _times(
        {"CE1": 0, "CE2": 4, "CE3": 4},  # both of them: drawn
        {"CE1": 4},  # one of them alone would say a rise that nobody saw
        {"CE1": 1, "CE2": 3},
        {"CE1": 2, "CE2": 4, "CE3": 0},
    )
    move = _axis(found)
    assert move.levels == (2, None, 2, 3)
    assert (move.step, move.common) == (1, 2)
    assert "<title" in move.drawing
    assert "Co-expression (2 critères sur 3)" in move.drawing.replace("\xa0", " ")


def test_a_time_that_said_nothing_of_an_axis_leaves_a_gap_and_is_not_compared():
    found = _times({"CE1": 1, "CD1": 1}, {"CD1": 2}, {"CE1": 3, "CD1": 2})
    move = _axis(found)
    assert (move.levels, move.step) == ((1, None, 3), None)
    assert _axis(found, "co-decision").step == 0
    later = _times({"CE1": 1, "CE2": 2}, {"CE1": 3, "CE2": 3}, {"CD1": 2})
    assert (_axis(later).levels, _axis(later).step) == ((1.5, 3, None), None)


def test_as_long_as_nothing_is_posed_this_time_earlier_times_are_not_said_to_have_moved(client):
    found = _times({"CE1": 1}, {"CE1": 3}, {})
    assert since(found.assessment)["moments"] == []
    page = client.get(reverse("selfassess:joint", args=[found.code, found.secret]))
    assert "Ce qui a bougé" not in page.content.decode()


def test_what_is_not_posed_yet_waits_on_the_small_wheel_as_on_the_large_one():
    found = _times({"CE1": 1, "CE2": 0}, {"CE1": None})
    first, last = (one.wheel for one in since(found.assessment)["moments"])
    assert (first.count('class="off wait"'), last.count('class="off wait"')) == (10, 11)
    assert (first.count('class="off"'), last.count('class="off"')) == (2, 0)
    assert last.count('class="none"') == 1


def test_the_paper_says_what_was_decided_last_time_and_what_became_of_it():
    before = _times({"CE1": 1}).assessment
    whats = ["Relire le livret", "Se voir chaque mois", "Inviter Léa", "Afficher la roue"]
    lines = [Decided(what=what) for what in whats]
    decisions_set(
        assessment=before, decisions=[*lines, Decided(what="Former", who="Nadia", when="en mai")]
    )
    for position, done in enumerate(("oui", "en-partie", "non"), start=1):
        decision_tick(assessment=before, position=position, done=done)
    made = making.opened(follows=before)
    for role in (PRO, PARTNER):
        making.sent(made.assessment, role)
    made.assessment.refresh_from_db()
    # From the start of the second time: nothing needs to be posed yet.
    said = text_of(make(documents.joint_html(made.assessment)))
    assert "La dernière fois, nous avions décidé Quoi Qui Quand Et depuis ?" in said
    for line in (
        "Relire le livret Fait",
        "Se voir chaque mois En partie",
        "Inviter Léa Pas encore",
        "Afficher la roue sans réponse",
        "Former Nadia en mai sans réponse",
    ):
        assert line in said
    assert "nous avions décidé" not in text_of(make(documents.joint_html(before)))


def test_the_paper_shows_the_small_wheel_of_each_time_with_its_day():
    found = _times({"CE1": 1}, {"CE1": 2}, {"CE1": 3})
    html = documents.joint_html(found.assessment)
    assert html.count('class="small-wheel"') == 3
    assert html.count('<title id="temps-') == 3
    said = text_of(make(html))
    for moment in since(found.assessment)["moments"]:
        assert date_fr(moment.day).replace("\xa0", " ") in said[said.index("Ce qui a bougé") :]


def test_seven_times_hold_between_the_margins_of_the_paper():
    day = datetime(2026, 9, 30, 12, tzinfo=UTC)  # « septembre », the longest of them
    found = _times(*[{"CE1": 1, "CE2": None}] * 7)
    Assessment.objects.update(revealed_at=day)
    pdf = pypdfium2.PdfDocument(make(documents.joint_html(Assessment.objects.latest("pk"))))
    assert len(since(found.assessment)["moments"]) == 7
    for page in pdf:
        words = page.get_textpage()
        right = max(words.get_rect(rank)[2] for rank in range(words.count_rects()))
        assert right <= page.get_width() - 20 / 25.4 * 72


@pytest.mark.parametrize(("times", "parted"), [(3, 0), (4, 4), (7, 7)])
def test_from_the_fourth_time_a_day_takes_three_lines_in_the_table_of_the_page(
    client, times, parted
):
    found = _times(*[{"CE1": 1}] * times)
    page = client.get(reverse("selfassess:joint", args=[found.code, found.secret]))
    (month, year) = since(found.assessment)["moments"][0].day_words[1:]
    assert page.content.decode().count(f"<br>{month}<br>{year}</th>") == parted
