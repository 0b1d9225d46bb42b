"""Alone, done again: what moved is shown to the one person, and to nobody else."""

import pytest
from django.urls import resolve, reverse

from selfassess.enums import Mode
from selfassess.models import Assessment, Participant
from selfassess.services.answers import answers_save, answers_send
from tests.pdf.texts import text_of
from tests.selfassess import making
from tests.selfassess.making import PRO

pytestmark = pytest.mark.django_db


def _begun_again(client):
    """A wheel at 1, then begun again by its page: the new one, its code, its secret."""
    made = making.opened(Mode.ALONE)
    _, secret = making.sent(made.assessment, PRO, 1)
    answer = client.post(making.here("again", made, secret))
    assert answer.status_code == 302
    found = resolve(answer.url).kwargs
    code, secret = found["code"], found["jeton"]
    assert answer.url == reverse("selfassess:keep", args=[code, secret])
    return Assessment.objects.get(follows=made.assessment), code, secret


def _sent(assessment, value):
    me = Participant.objects.get(assessment=assessment)
    answers_save(participant=me, scores=making.marks(assessment, value))
    return answers_send(participant=me)


def test_the_place_is_theirs_at_once_with_the_same_role(client):
    assessment, code, secret = _begun_again(client)
    assert [one.role for one in assessment.participants.all()] == [PRO]
    page = client.get(reverse("selfassess:mine", args=[code, secret]), follow=True)
    assert page.status_code == 200


def test_what_moved_is_on_the_page_and_on_paper(client):
    assessment, code, secret = _begun_again(client)
    _sent(assessment, 3)
    page = client.get(reverse("selfassess:mine", args=[code, secret])).content.decode()
    assert "Ce qui a bougé" in page
    assert page.count("En hausse de 2 depuis la dernière fois") == 4
    assert "Mes niveaux, en tableau" in page
    paper = client.get(reverse("selfassess:paper", args=[code, secret, "ma-roue"]))
    text = text_of(paper.content)
    assert "Ce qui a bougé" in text
    assert text.count("En hausse de 2 depuis la dernière fois.") == 4


def test_nobody_else_takes_the_place_with_the_code(client):
    assessment, code, _ = _begun_again(client)
    page = client.get(reverse("selfassess:join", args=[code])).content.decode()
    assert "Toutes les places sont prises" in page
    client.post(reverse("selfassess:join", args=[code]), {"role": PRO})
    assert assessment.participants.count() == 1


def test_a_first_time_shows_nothing_that_moved(client):
    made = making.opened(Mode.ALONE)
    _, secret = making.sent(made.assessment)
    page = client.get(making.here("mine", made, secret)).content.decode()
    assert "Ce qui a bougé" not in page


def test_a_second_time_that_is_not_sent_yet_is_not_compared(client):
    _, code, secret = _begun_again(client)
    page = client.get(reverse("selfassess:mine", args=[code, secret]), follow=True).content.decode()
    assert "Ce qui a bougé" not in page


def test_the_earlier_one_erased_nothing_is_compared(client):
    assessment, code, secret = _begun_again(client)
    assessment.follows.delete()
    _sent(Assessment.objects.get(pk=assessment.pk), 3)
    page = client.get(reverse("selfassess:mine", args=[code, secret])).content.decode()
    assert "Ce qui a bougé" not in page
    assert "Ma roue" in page


def test_its_place_erases_it(client):
    assessment, code, secret = _begun_again(client)
    _sent(assessment, 3)
    page = client.get(reverse("selfassess:mine", args=[code, secret])).content.decode()
    address = reverse("selfassess:erase", args=[code, secret])
    assert address in page
    client.post(address)
    assert not Assessment.objects.filter(pk=assessment.pk).exists()


def test_two_who_begin_again_choose_their_place_as_before(client):
    made, (_, secret), _ = making.turned()
    answer = client.post(making.here("again", made, secret))
    again = Assessment.objects.get(follows=made.assessment)
    assert again.participants.count() == 0
    assert answer.status_code == 302
