"""How many a group is made for, and whom its turn waits for: said as it is."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from selfassess.enums import Mode
from selfassess.models import Assessment
from selfassess.services.assessments import assessment_close
from tests.selfassess import making
from tests.selfassess.making import here

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_grid():
    return making.grid()


@pytest.mark.parametrize("expected", ["1", "41", "0", "-3", "douze", "1e9", "9" * 30])
def test_a_group_of_another_size_is_refused_with_words(client, expected):
    address = reverse("selfassess:open", args=["soins-cliniques-et-educatifs"])
    answer = client.post(address, {"mode": "en-groupe", "expected": expected})
    assert answer.status_code == 422
    assert re.search("de 2 à 40 personnes|par exemple 12", answer.content.decode())
    assert not Assessment.objects.exists()


def test_one_more_than_expected_does_not_hold_back_the_turn():
    made = making.opened(Mode.GROUP, expected=2)
    people = [making.joined(made.assessment)[0] for _ in range(3)]
    for one in people:
        making.filled(one)
        made.assessment.refresh_from_db()
        assert (made.assessment.revealed_at is not None) == (one is people[-1])


def test_what_is_said_of_those_who_wait_is_what_the_turn_waits_for(client):
    """Wherever it is said: one who waits, the opener's page, the room, and what they poll."""
    made = making.opened(Mode.GROUP, expected=2)
    joined = [making.joined(made.assessment) for _ in range(3)]
    for participant, _ in joined[:2]:
        making.filled(participant)
    pages = [here(name, made, joined[0][1]) for name in ("mine", "state")]
    pages += [here(name, made, made.manager) for name in ("manage", "manage_state", "facilitate")]

    def told() -> list[str]:
        texts = [client.get(page).content.decode() for page in pages]
        lines = [re.search(r'class="state-line"[^>]*>([^<]*)', text) for text in texts]
        return [line[1].replace("\xa0", " ") if line else "" for line in lines]

    assert set(told()) == {"2 sur 3 ont terminé."}
    making.filled(joined[2][0])
    assert set(told()) == {""} | {"Les roues sont retournées."}


def test_of_a_closed_group_those_who_are_there_are_those_it_waits_for(client):
    made = making.opened(Mode.GROUP, expected=5)
    _, secret = making.sent(made.assessment)
    making.joined(made.assessment)
    state = here("state", made, secret)
    assert "1 sur 5 a terminé, 2 sont arrivés." in client.get(state).content.decode()
    assessment_close(assessment=made.assessment)
    assert "1 sur 2 a terminé." in client.get(state).content.decode()


def test_a_group_whose_opener_left_turns_over_once_it_is_closed_and_all_have_sent():
    made = making.opened(Mode.GROUP)
    people = [making.joined(made.assessment)[0] for _ in range(3)]
    making.filled(people[0])
    assessment_close(assessment=made.assessment)
    making.filled(people[1])
    made.assessment.refresh_from_db()
    assert made.assessment.revealed_at is None
    making.filled(people[2])
    made.assessment.refresh_from_db()
    assert made.assessment.revealed_at is not None


def test_closing_a_group_in_which_all_have_sent_turns_it_over():
    made = making.opened(Mode.GROUP)
    for _ in range(2):
        making.sent(made.assessment)
    assert assessment_close(assessment=made.assessment).revealed_at is not None
    alone = making.opened(Mode.GROUP)
    making.sent(alone.assessment)
    assert assessment_close(assessment=alone.assessment).revealed_at is None
    pair = making.opened(Mode.PAIR)
    making.sent(pair.assessment)
    assert assessment_close(assessment=pair.assessment).revealed_at is None
