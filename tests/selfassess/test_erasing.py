"""« Effacer » where nobody has a page to manage: alone, and on one screen for two."""

from __future__ import annotations

import pytest
from django.urls import resolve, reverse

from cops.accounts.enums import Role
from selfassess.enums import Mode
from selfassess.models import Assessment
from selfassess.services.kept import place_keep
from tests.accounts.people import person, sign_in
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO, here

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("grid")]
ON_ONE_SCREEN = (Mode.ALONE, Mode.DEVICE)
OPEN = "/autoevaluation/soins-cliniques-et-educatifs/commencer/"


@pytest.fixture
def grid():
    return making.grid()


def _started(client, mode: str) -> tuple[str, str]:
    """By the pages, as the opener does: the code, and the secret of their place."""
    join = client.post(OPEN, {"mode": mode})["Location"]
    found = resolve(client.post(join, {"role": PRO})["Location"]).kwargs
    return found["code"], found["jeton"]


@pytest.mark.parametrize("mode", ON_ONE_SCREEN)
def test_the_opener_goes_straight_to_a_place_and_no_secret_is_in_its_address(client, mode):
    answer = client.post(OPEN, {"mode": mode})
    code = resolve(answer["Location"]).kwargs["code"]
    assert answer["Location"] == reverse("selfassess:join", args=[code])
    assert "/g/" not in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("mode", ON_ONE_SCREEN)
@pytest.mark.parametrize("name", ["keep", "review"])
def test_one_may_erase_while_filling(client, mode, name):
    code, secret = _started(client, mode)
    erase = reverse("selfassess:erase", args=[code, secret])
    page = client.get(reverse(f"selfassess:{name}", args=[code, secret])).content.decode()
    assert f'href="{erase}"' in page


@pytest.mark.parametrize("mode", ON_ONE_SCREEN)
def test_one_erases_from_the_page_of_the_moment_after_a_page_that_asks(client, mode):
    made = making.opened(mode)
    _, secret = making.sent(made.assessment, PRO)  # alone: the result; on one screen: waiting
    erase = here("erase", made, secret)
    assert f'href="{erase}"' in client.get(here("mine", made, secret)).content.decode()
    asked = client.get(erase).content.decode()
    assert "Oui, tout effacer" in asked
    assert f'href="{here("mine", made, secret)}"' in asked
    assert Assessment.objects.exists()
    assert "C’est effacé" in client.post(erase).content.decode()
    assert not Assessment.objects.exists()
    assert client.get(here("mine", made, secret)).status_code == 410
    assert client.post(erase).status_code == 410


def test_on_one_screen_the_result_and_the_joint_wheel_lead_to_it(client):
    made = making.opened(Mode.DEVICE)
    making.sent(made.assessment, PRO)
    _, last = making.sent(made.assessment, PARTNER)  # the link of this screen once all is turned
    for name in ("mine", "joint"):
        page = client.get(here(name, made, last)).content.decode()
        assert f'href="{here("erase", made, last)}"' in page


def test_on_one_screen_the_second_person_reads_nothing_of_the_first_by_it(client):
    made = making.opened(Mode.DEVICE)
    me, first = making.joined(made.assessment, PRO)
    making.answers_save(participant=me, scores=making.marks(made.assessment, 4))
    making.answers_send(participant=me)
    _, second = making.joined(made.assessment, PARTNER)
    for address in (here("erase", made, second), here("erase", made, first)):
        page = client.get(address).content.decode()
        assert "4 — " not in page
        assert '<svg class="wheel' not in page


@pytest.mark.parametrize("mode", [Mode.PAIR, Mode.GROUP])
@pytest.mark.parametrize("way", ["get", "post"])
def test_of_several_screens_the_opener_alone_erases(client, mode, way):
    made = making.opened(mode)
    _, secret = making.joined(made.assessment)
    erase = here("erase", made, secret)
    assert getattr(client, way)(erase)["Location"] == here("mine", made, secret)
    assert Assessment.objects.exists()
    assert erase not in client.get(here("review", made, secret)).content.decode()


def test_one_erases_by_the_account_too(client):
    made = making.opened(Mode.ALONE)
    me, _ = making.sent(made.assessment)
    owner = person(Role.MEMBER)
    kept = place_keep(owner=owner, assessment=made.assessment, participant=me)
    sign_in(client, owner)
    erase = reverse("selfassess:erase", args=["moi", kept.public_id])
    page = client.get(reverse("selfassess:mine", args=["moi", kept.public_id])).content.decode()
    assert f'href="{erase}"' in page
    client.post(erase)
    assert not Assessment.objects.exists()


@pytest.mark.parametrize("mode", [Mode.PAIR, Mode.GROUP])
def test_who_opens_for_several_screens_lands_on_the_page_that_erases(client, mode):
    page = client.post(OPEN, {"mode": mode})["Location"]
    found = resolve(page).kwargs
    erase = reverse("selfassess:delete", args=[found["code"], found["jeton"]])
    assert f'href="{erase}"' in client.get(page).content.decode()
