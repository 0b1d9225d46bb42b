"""What the opener's pages show of the answers, and what they say that they show."""

from __future__ import annotations

import pytest
from django.urls import reverse

from selfassess.enums import Mode
from selfassess.services.assessments import assessment_reveal
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO

pytestmark = pytest.mark.django_db


def _page(client, name, made, query=""):
    path = reverse(f"selfassess:{name}", args=[made.code, made.manager])
    return client.get(path + query)


def test_for_a_pair_the_levels_by_role_are_shown_after_the_turn_and_it_is_said(client):
    made = making.opened()
    for role, name in ((PRO, "Nadia"), (PARTNER, "Paul")):
        assert (
            "par rôle, sans les noms ni les notes" in _page(client, "manage", made).content.decode()
        )
        me, _ = making.joined(made.assessment, role, name)
        making.filled(me, 4)
    room = _page(client, "facilitate", made, "?n=1").content.decode()
    assert "Professionnel partenaire" in room
    assert "Nadia" not in room
    assert "Paul" not in room
    for name in ("Nadia", "Paul"):
        assert name not in _page(client, "facilitate", made).content.decode()


def test_for_a_group_only_the_whole_is_shown_and_it_is_said(client):
    made = making.opened(Mode.GROUP)
    for role in (PRO, PRO, PRO, PARTNER, PARTNER, PARTNER):
        making.sent(made.assessment, role)
    assessment_reveal(assessment=made.assessment)
    page = _page(client, "manage", made).content.decode()
    assert "le milieu et l’étendue du groupe" in page
    assert "par rôle" not in page
    assert "Professionnel" not in _page(client, "facilitate", made, "?n=1").content.decode()


def test_the_wheel_of_one_person_is_shown_to_no_room(client):
    made = making.opened(Mode.ALONE)
    making.sent(made.assessment)
    page = _page(client, "manage", made).content.decode()
    assert "Vue pour la salle" not in page
    assert "vue pour la salle" not in page
    answer = _page(client, "facilitate", made)
    assert answer["Location"] == reverse("selfassess:manage", args=[made.code, made.manager])
