"""A first name is asked for where it is shown, and nowhere else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from selfassess.enums import Mode
from selfassess.models import Participant
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO, here

pytestmark = pytest.mark.django_db


def _join(made) -> str:
    return reverse("selfassess:join", args=[made.code])


@pytest.mark.parametrize("mode", [Mode.PAIR, Mode.DEVICE])
def test_for_two_it_is_said_that_the_other_will_see_it_and_they_do(client, mode):
    made = making.opened(mode)
    page = client.get(_join(made)).content.decode()
    assert "L’autre personne le verra à côté de votre roue" in page
    client.post(_join(made), {"role": PRO, "name": "Canarine"})
    me = Participant.objects.get()
    assert me.name == "Canarine"
    making.filled(me)
    _, other = making.sent(made.assessment, PARTNER)
    assert "Canarine" in client.get(here("mine", made, other)).content.decode()


@pytest.mark.parametrize("mode", [Mode.ALONE, Mode.GROUP])
def test_elsewhere_no_page_would_show_it_and_none_is_asked_nor_kept(client, mode):
    made = making.opened(mode)
    page = client.get(_join(made)).content.decode()
    assert 'name="name"' not in page
    assert client.post(_join(made), {"role": PRO, "name": "Canarine"}).status_code == 302
    assert Participant.objects.get().name == ""
