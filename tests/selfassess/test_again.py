"""Doing it again: with the same people and the history, or with others and without it."""

from __future__ import annotations

import pytest
from django.urls import resolve, reverse

from selfassess.enums import Mode
from selfassess.models import Assessment
from selfassess.services.assessments import assessment_reveal
from selfassess.services.joint import Decided, decisions_set, joint_score_set
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO, here

pytestmark = pytest.mark.django_db
SENTENCE, DECISION = "Dit avec Paul", "Décidé avec Paul"
TOLD = "les personnes qui prennent place verront la roue commune et les décisions"


@pytest.fixture
def first():
    """(what is opened, the secret of one of the two) of a pair that decided."""
    made, (_, secret), _ = making.turned()
    joint_score_set(assessment=made.assessment, criterion="CE1", value=2, sentence=SENTENCE)
    decisions_set(assessment=made.assessment, decisions=[Decided(what=DECISION)])
    return made, secret


def _begun(client, made, secret, *chosen):
    answer = client.post(here("again", made, secret), *chosen)
    assert answer.status_code == 302
    return Assessment.objects.order_by("pk").last(), resolve(answer["Location"]).kwargs["code"]


def _joint_of_a_newcomer(client, assessment, code):
    """What the page of the joint moment tells one who takes a place, once all is turned over."""
    _, secret = making.sent(assessment, PRO)
    making.sent(assessment, PARTNER)
    return client.get(reverse("selfassess:joint", args=[code, secret])).content.decode()


def test_the_page_asks_with_whom_and_says_who_will_read(client, first):
    page = client.get(here("again", *first)).content.decode()
    assert "toute personne qui prendra place lira" in page
    assert page.count('name="history"') == 2
    assert page.index('value="avec"') < page.index("checked") < page.index('value="sans"')


@pytest.mark.parametrize("chosen", [{}, {"history": "avec"}])
def test_with_the_same_people_the_history_goes_along_and_is_said_before(client, first, chosen):
    again, code = _begun(client, *first, chosen)
    assert again.follows == first[0].assessment
    assert TOLD in client.get(reverse("selfassess:join", args=[code])).content.decode()
    assert DECISION in _joint_of_a_newcomer(client, again, code)


def test_with_others_nothing_of_the_former_ones_goes_along(client, first):
    again, code = _begun(client, *first, {"history": "sans"})
    assert again.follows is None
    assert again.version.grid == first[0].assessment.version.grid
    assert TOLD not in client.get(reverse("selfassess:join", args=[code])).content.decode()
    page = _joint_of_a_newcomer(client, again, code)
    for words in (SENTENCE, DECISION, "La dernière fois", "Ce qui a bougé"):
        assert words not in page


def test_another_choice_is_a_message_and_opens_nothing(client, first):
    answer = client.post(here("again", *first), {"history": "autre"})
    assert answer.status_code == 422
    assert "Choisissez l’une des deux réponses" in answer.content.decode()
    assert Assessment.objects.count() == 1


def test_the_opener_of_what_follows_is_told_too(client, first):
    answer = client.post(here("again", *first))
    assert TOLD in client.get(answer["Location"]).content.decode()


def test_alone_nobody_else_reads_and_nothing_is_asked(client):
    made = making.opened(Mode.ALONE)
    _, secret = making.sent(made.assessment)
    assert 'name="history"' not in client.get(here("again", made, secret)).content.decode()
    again, _ = _begun(client, made, secret, {"history": "sans"})
    assert again.follows == made.assessment


@pytest.mark.parametrize("mode", [Mode.PAIR, Mode.GROUP])
@pytest.mark.parametrize("kept", ["nothing", "a level", "a decision", "an earlier time"])
def test_ones_own_link_leads_to_what_was_agreed_on_and_to_doing_it_again(client, mode, kept):
    earlier = making.opened(mode).assessment if kept == "an earlier time" else None
    made = making.opened(mode, follows=earlier)
    _, secret = making.sent(made.assessment, PRO)
    making.sent(made.assessment, PARTNER)
    if mode == Mode.GROUP:
        assessment_reveal(assessment=made.assessment)
    made.assessment.refresh_from_db()
    if kept == "a level":
        joint_score_set(assessment=made.assessment, criterion="CE1", value=2)
    if kept == "a decision":
        decisions_set(assessment=made.assessment, decisions=[Decided(what=DECISION)])
    page = client.get(here("mine", made, secret)).content.decode()
    assert (f'href="{here("joint", made, secret)}"' in page) == (kept != "nothing")
    assert f'href="{here("again", made, secret)}"' in page
