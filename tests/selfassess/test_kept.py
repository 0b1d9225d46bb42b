"""« Mes auto-évaluations »: a choice, a tie that only its account sees, and how it is undone."""

from __future__ import annotations

import json

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cops.accounts.enums import Role
from cops.privacy.erasing import person_erase
from cops.privacy.reading import told_of
from cops.secrets import random_name
from selfassess.enums import Mode
from selfassess.models import Assessment, KeptPlace, Participant, Reminder
from selfassess.services.answers import answers_save, answers_send
from selfassess.services.assessments import assessment_reveal
from selfassess.services.kept import place_keep
from tests.accounts.people import person, sign_in
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO

pytestmark = pytest.mark.django_db
LIST = "/compte/auto-evaluations/"


@pytest.fixture
def member():
    return person(Role.MEMBER)


@pytest.fixture
def signed(member):
    client = Client(headers={"host": "localhost"})
    sign_in(client, member)
    return client


def _link(name: str, made, secret: str) -> str:
    return reverse(f"selfassess:{name}", args=[made.code, secret])


def _mine(name: str, kept: KeptPlace, *rest: object) -> str:
    return reverse(f"selfassess:{name}", args=["moi", kept.public_id, *rest])


def test_nothing_is_kept_by_itself(signed):
    signed.post("/autoevaluation/soins-cliniques-et-educatifs/commencer/", {"mode": "a-deux"})
    made = making.opened()
    signed.post(reverse("selfassess:join", args=[made.code]), {"role": PRO})
    assert not KeptPlace.objects.exists()
    assert "Rien n’est gardé ici" in signed.get(LIST).content.decode()


def test_one_keeps_a_place_by_a_button_once_and_finds_it_in_the_account(signed, member):
    made = making.opened()
    me, secret = making.joined(made.assessment)
    page = signed.get(_link("keep", made, secret)).content.decode()
    assert "Garder dans mon compte" in page
    assert signed.get(_link("keep_mine", made, secret)).status_code == 405
    for _ in range(2):
        assert signed.post(_link("keep_mine", made, secret))["Location"] == LIST
    kept = KeptPlace.objects.get()
    assert (kept.owner, kept.assessment, kept.participant) == (member, made.assessment, me)
    listed = signed.get(LIST)
    assert listed["Cache-Control"].count("no-store")
    assert _mine("mine", kept) in listed.content.decode()
    assert "est dans votre compte" in signed.get(_link("keep", made, secret)).content.decode()


def test_no_readable_secret_is_kept(signed):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    signed.post(_link("keep_mine", made, secret))
    signed.post(_link("keep_opener", made, made.manager))
    words = json.dumps(list(KeptPlace.objects.values()), default=str)
    page = signed.get(LIST).content.decode()
    for kept in (words, page):
        assert not any(word in kept for word in (made.code, secret, made.manager))


def test_every_page_opens_by_the_account_as_by_the_link(signed, member):
    made, (me, secret), _ = making.turned()
    kept = place_keep(owner=member, assessment=made.assessment, participant=me)
    for name in ("mine", "together", "decisions", "joint", "share", "remind", "again", "state"):
        by_link, by_account = signed.get(_link(name, made, secret)), signed.get(_mine(name, kept))
        assert (name, by_account.status_code) == (name, by_link.status_code) == (name, 200)
        assert by_account["Cache-Control"] == "no-store"
        assert not any(word in by_account.content.decode() for word in (made.code, secret))
    paper = signed.get(_mine("paper", kept, "resultat"))
    assert paper.content[:5] == b"%PDF-"
    assert signed.post(f"{_mine('together', kept)}?n=1", {"value": "2"}).status_code == 302
    assert signed.get(_mine("keep", kept))["Location"] == LIST


@pytest.mark.parametrize("mode", [Mode.ALONE, Mode.DEVICE, Mode.PAIR, Mode.GROUP])
def test_one_fills_and_waits_by_the_account(signed, member, mode):
    made = making.opened(mode)
    me, _ = making.joined(made.assessment)
    kept = place_keep(owner=member, assessment=made.assessment, participant=me)
    fields = {**dict.fromkeys(made.assessment.instrument.criteria, "3"), "suite": "1"}
    assert signed.post(f"{_mine('answer', kept)}?axe=tout", fields)["Location"] == _mine(
        "review", kept
    )
    assert signed.get(_mine("review", kept)).status_code == 200
    assert signed.post(_mine("review", kept))["Location"] == _mine("mine", kept)
    assert signed.get(_mine("mine", kept)).status_code == 200


def test_the_opener_manages_by_the_account_without_the_code(signed, member):
    made = making.opened(Mode.GROUP)
    for _ in range(3):
        making.sent(made.assessment)
    signed.post(_link("keep_opener", made, made.manager))
    kept = KeptPlace.objects.get()
    page = signed.get(_mine("manage", kept)).content.decode()
    assert "3 ont terminé" in page.replace("\xa0", " ")
    assert made.code not in page
    assert signed.get(_mine("facilitate", kept))["Location"] == _mine("manage", kept)
    signed.post(_mine("reveal", kept))
    assert signed.get(_mine("facilitate", kept)).status_code == 200
    assert signed.get(_mine("manage_state", kept)).status_code == 200
    signed.post(_mine("delete", kept))
    assert not Assessment.objects.exists()
    assert not KeptPlace.objects.exists()
    assert signed.get(_mine("manage", kept)).status_code == 404


@pytest.mark.parametrize("role", [Role.MEMBER, Role.TEAM, Role.ADMINISTRATOR])
def test_another_account_the_team_s_included_opens_nothing_of_it(member, role):
    made, (me, _), _ = making.turned()
    places = [
        place_keep(owner=member, assessment=made.assessment, participant=me),
        place_keep(owner=member, assessment=made.assessment),
    ]
    other = Client(headers={"host": "localhost"})
    sign_in(other, person(role, email="autre@exemple.invalid"))
    for name, kept in zip(("mine", "manage"), places, strict=True):
        # However often: no code was tried, and the tie is told to nobody.
        statuses = {other.get(_mine(name, kept)).status_code for _ in range(7)}
        assert statuses == {404}
        assert other.get(f"{LIST}{kept.public_id}/retirer/").status_code == 404
        other.post(f"{LIST}{kept.public_id}/retirer/")
    assert KeptPlace.objects.count() == 2
    assert made.assessment.version.grid.title not in other.get(LIST).content.decode()


def test_a_participant_s_tie_does_not_open_the_opener_s_page_nor_the_reverse(signed, member):
    made, (me, _), _ = making.turned()
    mine = place_keep(owner=member, assessment=made.assessment, participant=me)
    opener = place_keep(owner=member, assessment=made.assessment)
    assert signed.get(_mine("manage", mine)).status_code == 404
    assert signed.get(_mine("mine", opener)).status_code == 404
    assert signed.get(reverse("selfassess:mine", args=["moi", random_name()])).status_code == 404


def test_signed_out_the_account_s_address_asks_to_sign_in(client, member):
    made, (me, _), _ = making.turned()
    kept = place_keep(owner=member, assessment=made.assessment, participant=me)
    for address in (_mine("mine", kept), LIST):
        answer = client.get(address)
        assert answer["Location"].startswith("/compte/connexion/?next=")


def test_who_is_not_signed_in_signs_in_then_chooses(client, member):
    made = making.opened()
    me, secret = making.joined(made.assessment)
    answer = client.post(_link("keep_mine", made, secret))
    assert answer["Location"] == f"/compte/connexion/?next={LIST}"
    assert secret not in str(dict(client.session))
    sign_in(client, member)
    assert "Garder celle que vous venez de quitter" in client.get(LIST).content.decode()
    assert not KeptPlace.objects.exists()
    client.post(f"{LIST}garder/")
    assert KeptPlace.objects.get().participant == me
    assert "venez de quitter" not in client.get(LIST).content.decode()


def test_what_waited_may_be_refused_or_gone(client, member):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    client.post(_link("keep_mine", made, secret))
    sign_in(client, member)
    client.post(f"{LIST}garder/", {"non": "1"})
    assert not KeptPlace.objects.exists()
    client.post(_link("keep_mine", made, secret))
    client.logout()
    client.post(_link("keep_mine", made, secret))
    Assessment.objects.all().delete()
    sign_in(client, member)
    assert client.post(f"{LIST}garder/", follow=True).status_code == 200
    assert not KeptPlace.objects.exists()


def test_taking_it_out_of_the_account_keeps_the_assessment_and_its_link(signed, member):
    made, (me, secret), _ = making.turned()
    kept = place_keep(owner=member, assessment=made.assessment, participant=me)
    signed.post(_mine("remind", kept), {"email": "a@exemple.invalid"})
    signed.post(_link("remind", made, secret), {"email": "b@exemple.invalid"})
    assert Reminder.objects.count() == 2
    assert signed.get(f"{LIST}{kept.public_id}/retirer/").status_code == 200
    assert KeptPlace.objects.exists()
    for _ in range(2):
        assert signed.post(f"{LIST}{kept.public_id}/retirer/")["Location"] == LIST
    assert not KeptPlace.objects.exists()
    assert signed.get(_link("mine", made, secret)).status_code == 200
    assert signed.get(_mine("mine", kept)).status_code == 404
    # The reminder that led to the account would lead nowhere.
    assert list(Reminder.objects.values_list("email", flat=True)) == ["b@exemple.invalid"]


def test_closing_the_account_erases_the_tie_alone(member):
    made, (me, _), _ = making.turned()
    place_keep(owner=member, assessment=made.assessment, participant=me)
    person_erase(user=member, scope="asked")
    assert not KeptPlace.objects.exists()
    assert Participant.objects.count() == 2
    assert Assessment.objects.count() == 1


def test_my_data_tells_what_is_mine_once_and_nothing_of_the_other(signed, member):
    made = making.opened()
    for role, name, level, note in (
        (PRO, "Ana", 4, "Ma note à moi"),
        (PARTNER, "Bob", 0, "La note de l’autre"),
    ):
        one, _ = making.joined(made.assessment, role, name)
        scores = making.marks(made.assessment, CE1=level)
        answers_save(participant=one, scores=scores, notes={"CE1": note})
        answers_send(participant=one)
    me = made.assessment.participants.get(role=PRO)
    made.assessment.joint_scores.create(criterion="CE1", value=2, sentence="Dit ensemble")
    made.assessment.decisions.create(position=1, what="Décidé ensemble")
    place_keep(owner=member, assessment=made.assessment, participant=me)
    place_keep(owner=member, assessment=made.assessment)
    told = {one.declaration.model: one for one in told_of(member)}
    words = json.dumps([one.rows for one in told.values()], ensure_ascii=False)
    for word in ("Ma note à moi", "Ana", "Dit ensemble", "Décidé ensemble"):
        assert words.count(word) == 1
    for word in ("La note de l’autre", "Bob"):
        assert word not in words
    assert told["selfassess.JointScore"].total == 1
    page = signed.get("/compte/mes-donnees/").content.decode()
    assert "CE1\xa0: 4" in page


@pytest.mark.parametrize("tie", ["opener", "left out", "sent"])
def test_my_data_tells_what_was_said_together_to_those_whose_pages_tell_it(member, tie):
    made = making.opened(Mode.GROUP)
    one, _ = making.sent(made.assessment)
    making.sent(made.assessment, PARTNER)
    out, _ = making.joined(made.assessment)
    assessment_reveal(assessment=made.assessment)
    made.assessment.joint_scores.create(criterion="CE1", value=2, sentence="Dit ensemble")
    made.assessment.decisions.create(position=1, what="Décidé ensemble", who="Lia")
    # Another account keeps a place that was sent: it opens nothing to this one.
    other = person(Role.MEMBER, email="autre@exemple.invalid")
    place_keep(owner=other, assessment=made.assessment, participant=one)
    place = {"opener": None, "left out": out, "sent": one}[tie]
    place_keep(owner=member, assessment=made.assessment, participant=place)
    told = {one.declaration.model: one.rows for one in told_of(member)}
    assert "selfassess.KeptPlace" in told
    words = json.dumps(told, ensure_ascii=False)
    for word in ("Dit ensemble", "Décidé ensemble", "Lia"):
        assert words.count(word) == (1 if tie == "sent" else 0)


def test_what_one_keeps_changes_nothing_for_the_others(client, member):
    made, (me, _), (_, other) = making.turned()
    before = client.get(_link("mine", made, other)).content
    place_keep(owner=member, assessment=made.assessment, participant=me)
    assert client.get(_link("mine", made, other)).content == before


def test_the_admin_shows_grids_and_nothing_else_of_the_self_assessment():
    shown = {
        model.__name__ for model in admin.site._registry if model._meta.app_label == "selfassess"
    }
    assert shown <= {"Grid", "GridVersion"}


def test_the_list_asks_as_many_statements_for_four_as_for_two(signed, member):
    counts = []
    for _ in range(2):
        for _ in range(2):
            made, (me, _), _ = making.turned()
            place_keep(owner=member, assessment=made.assessment, participant=me)
        with CaptureQueriesContext(connection) as asked:
            signed.get(LIST)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", ["0", "x", "1"])
def test_the_first_page_is_given_for_what_is_no_page(signed, page):
    assert signed.get(f"{LIST}?page={page}").status_code == 200
    assert signed.get(f"{LIST}?page=99").status_code == 404
