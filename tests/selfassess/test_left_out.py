"""Who had not sent when the wheels were turned over: their own answers are theirs, and nothing
of what the group agreed on afterwards."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from selfassess.enums import Mode
from selfassess.models import Assessment
from selfassess.services.answers import answers_save
from selfassess.services.assessments import assessment_again, assessment_reveal
from selfassess.services.joint import Decided, decisions_set, joint_score_set
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO, here

pytestmark = pytest.mark.django_db
SENTENCE, DECISION = "Dit sans elle", "Décidé sans elle"


@pytest.fixture
def left():
    """(the group, the participant left out, their secret), once a level and a decision are kept."""
    made = making.opened(Mode.GROUP)
    for role in (PRO, PARTNER):
        making.sent(made.assessment, role)
    me, secret = making.joined(made.assessment, PARTNER)
    assessment_reveal(assessment=made.assessment)
    joint_score_set(assessment=made.assessment, criterion="CE1", value=2, sentence=SENTENCE)
    decisions_set(assessment=made.assessment, decisions=[Decided(what=DECISION)])
    made.assessment.refresh_from_db()
    me.refresh_from_db()
    return made, me, secret


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["together", "decisions", "joint", "share", "remind", "again"])
def test_every_door_that_follows_the_turn_is_closed_to_them(client, left, name, method):
    if (name, method) == ("joint", "post"):  # is only read
        return
    made, _, secret = left
    answer = getattr(client, method)(here(name, made, secret))
    assert answer["Location"] == here("mine", made, secret)
    assert Assessment.objects.count() == 1


@pytest.mark.parametrize("name", ["resultat", "commun"])
def test_the_papers_of_the_group_are_not_theirs(client, left, name):
    made, _, secret = left
    assert client.get(here("paper", made, secret, name)).status_code == 404


def test_the_service_lets_nobody_begin_again_before_the_turn_nor_without_having_sent(left):
    _, out, _ = left
    early, _ = making.sent(making.opened().assessment)
    for me in (out, early):
        with pytest.raises(ValidationError):
            assessment_again(me=me)
    assert Assessment.objects.filter(follows__isnull=False).count() == 0


def test_those_who_sent_begin_again(left):
    made, _, _ = left
    me = made.assessment.participants.filter(submitted_at__isnull=False).first()
    opened, _ = assessment_again(me=me)
    assert opened.assessment.follows == made.assessment


@pytest.fixture
def filled():
    """(the group, the secret of one who answered all and had not sent), once it is turned over."""
    made = making.opened(Mode.GROUP)
    for role in (PRO, PARTNER):
        making.sent(made.assessment, role)
    me, secret = making.joined(made.assessment, PARTNER)
    answers_save(participant=me, scores=making.marks(made.assessment, 1, CE1=4))
    assessment_reveal(assessment=made.assessment)
    return made, secret


def test_their_own_wheel_table_and_paper_are_given_back_to_them(client, filled):
    made, secret = filled
    page = client.get(here("mine", made, secret)).content.decode()
    for words in ("Votre roue", "4 — ", "vous seul les voyez", "Garder mon lien", "Sans visite"):
        assert words in page, words
    assert here("paper", made, secret, "ma-roue") in page
    assert "personne ne les voit" not in page
    assert client.get(here("paper", made, secret, "ma-roue")).content[:5] == b"%PDF-"
    assert "La roue du groupe" not in page


def test_of_a_wheel_left_halfway_what_was_answered_is_given_back(client):
    made = making.opened(Mode.GROUP)
    for role in (PRO, PARTNER):
        making.sent(made.assessment, role)
    me, secret = making.joined(made.assessment, PARTNER)
    answers_save(participant=me, scores={"CE1": 4})
    # Before the turn, their paper waits for what is sent.
    assert client.get(here("paper", made, secret, "ma-roue")).status_code == 404
    assessment_reveal(assessment=made.assessment)
    page = client.get(here("mine", made, secret)).content.decode()
    assert page.count("pas encore") == 11
    assert client.get(here("paper", made, secret, "ma-roue")).content[:5] == b"%PDF-"


def test_who_had_answered_nothing_is_shown_no_empty_wheel(client, left):
    made, _, secret = left
    page = client.get(here("mine", made, secret)).content.decode()
    assert "Votre roue" not in page
    assert "ma-roue" not in page
    assert "Garder mon lien" in page
    assert client.get(here("paper", made, secret, "ma-roue")).status_code == 404
