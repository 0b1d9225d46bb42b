"""The pages, as two people and an opener walk through them."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from cops.accounts.enums import Role
from cops.mail.models import Message
from cops.secrets import random_name
from selfassess.enums import Mode
from selfassess.models import Assessment, Decision, JointScore, Participant, Reminder
from selfassess.services import assessments
from tests.accounts.people import person, sign_in
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO

pytestmark = pytest.mark.django_db
GRID = "/autoevaluation/soins-cliniques-et-educatifs/"


@pytest.fixture(autouse=True)
def a_grid():
    return making.grid()


def _mine(name: str, made, secret: str, *rest: object) -> str:
    return reverse(f"selfassess:{name}", args=[made.code, secret, *rest])


def _answers(assessment, value: str = "3", **others: str) -> dict[str, str]:
    return {**dict.fromkeys(assessment.instrument.criteria, value), **others, "suite": "1"}


def test_the_home_page_and_a_grid_open_without_a_cookie(client):
    for address in ("/autoevaluation/", GRID):
        answer = client.get(address)
        assert answer.status_code == 200
        assert not answer.cookies
    assert "Co-mise en œuvre" in client.get(GRID).content.decode()


def test_opening_a_pair_leads_to_the_links_and_looking_makes_nothing(client):
    client.get(f"{GRID}commencer/")
    assert not Assessment.objects.exists()
    answer = client.post(f"{GRID}commencer/", {"mode": "a-deux", "wording": "medico-social"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert re.search(r"[B-Z]{4}-[B-Z]{4}-[B-Z]{4}", page)
    assert "<svg" in page
    assert Assessment.objects.get().wording == "medico-social"


def test_an_unknown_mode_is_refused_with_words(client):
    answer = client.post(f"{GRID}commencer/", {"mode": "nul"})
    assert answer.status_code == 422
    assert not Assessment.objects.exists()


def test_two_people_answer_turn_over_and_compare(client):
    made = making.opened()
    people = {}
    for role in (PRO, PARTNER):
        answer = client.post(reverse("selfassess:join", args=[made.code]), {"role": role})
        people[role] = answer["Location"]
        filled = client.get(people[role], follow=True)
        assert filled.redirect_chain[0][0].endswith("repondre/")
        fields = _answers(made.assessment, CE1="0" if role == PRO else "4")
        kept = client.post(f"{people[role]}repondre/?axe=tout", fields)
        assert kept["Location"] == f"{people[role]}relire/"
        assert client.post(f"{people[role]}relire/")["Location"] == people[role]
    page = client.get(people[PRO]).content.decode()
    assert "Vous voyez 11 critères de la même façon." in page
    assert "A-t-il changé" not in page
    for question in made.assessment.instrument.criteria["CE1"].questions:
        assert question.split(" ?")[0][:30] in page.replace("\u202f", " ").replace("\xa0", " ")


def test_one_axis_at_a_time_keeps_what_was_given_and_says_what_is_missing(client):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    address = _mine("answer", made, secret)
    wrong = client.post(address, {"CE1": "2", "CE2": "nc", "suite": "1"})
    assert wrong.status_code == 422
    assert "checked" in wrong.content.decode()
    right = client.post(address, {"CE1": "2", "CE2": "nc", "CE3": "0", "suite": "1"})
    assert right["Location"].endswith("?axe=2")
    later = client.post(f"{address}?axe=2", {"CC1": "1", "plus-tard": "1"})
    assert later["Location"] == _mine("keep", made, secret)
    assert Participant.objects.get().scores == {"CE1": 2, "CE2": None, "CE3": 0, "CC1": 1}


def test_the_wheel_is_redrawn_by_a_button_without_javascript(client):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    answer = client.post(_mine("answer", made, secret), {"CE1": "4", "dessiner": "1"}, follow=True)
    assert "1 réponse sur 12" in answer.content.decode()


@pytest.mark.parametrize("value", ["5", "-1", "x", "", "3.5"])
def test_a_level_that_does_not_exist_is_a_message_and_changes_nothing(client, value):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    fields = _answers(made.assessment, CE1=value)
    assert client.post(f"{_mine('answer', made, secret)}?axe=tout", fields).status_code == 422
    assert Participant.objects.get().scores == {}


def test_an_unchanged_poll_is_a_304_in_one_statement(client, django_assert_num_queries):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    address = _mine("state", made, secret)
    etag = client.get(address)["ETag"]
    manage = reverse("selfassess:manage_state", args=[made.code, made.manager])
    for one in (address, manage):
        with django_assert_num_queries(1):
            told = client.get(one, headers={"If-None-Match": etag})
        assert (told.status_code, told["ETag"], told["Cache-Control"]) == (304, etag, "no-store")
    # Another person's link opens nothing, whatever step it names.
    other = _mine("state", made, random_name())
    assert client.get(other, headers={"If-None-Match": etag}).status_code == 404
    making.joined(made.assessment, PARTNER)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_on_one_screen_the_first_ones_answers_cannot_be_reached_again(client):
    made = making.opened(Mode.DEVICE)
    _, secret = making.sent(made.assessment, PRO, 4)
    page = client.get(_mine("mine", made, secret)).content.decode()
    assert "Passez l’appareil" in page
    for name in ("answer", "review"):
        assert client.get(_mine(name, made, secret))["Location"] == _mine("mine", made, secret)
    client.post(_mine("reopen", made, secret))
    assert Participant.objects.get().submitted_at is not None
    assert client.get(_mine("mine", made, secret))["Cache-Control"] == "no-store"


def test_a_link_of_another_person_or_assessment_opens_nothing(client):
    made, (_, secret), _ = making.turned()
    other = making.opened()
    for code, jeton in ((other.code, secret), (made.code, random_name())):
        assert client.get(reverse("selfassess:mine", args=[code, jeton])).status_code == 404
    assert client.get(reverse("selfassess:manage", args=[made.code, secret])).status_code == 404


def test_a_deleted_assessment_is_gone_by_its_link_and_unknown_by_its_code(client):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    address = reverse("selfassess:delete", args=[made.code, made.manager])
    client.get(address)
    assert Assessment.objects.exists()
    client.post(address)
    assert client.get(_mine("mine", made, secret)).status_code == 410
    typed = client.post("/autoevaluation/code/", {"code": made.code})
    assert typed.status_code == 422
    assert "n’ouvre aucune auto-évaluation" in typed.content.decode()


def test_the_joint_moment_then_decisions_then_the_joint_wheel(client):
    made, (_, secret), (_, other) = making.turned()
    first = client.post(f"{_mine('together', made, secret)}?n=1", {"value": "3", "sentence": "Oui"})
    assert first["Location"].endswith("?n=2")
    client.post(f"{_mine('together', made, other)}?n=1", {"value": "2"})  # the last one wins
    assert JointScore.objects.get().value == 2
    assert client.post(f"{_mine('together', made, secret)}?n=2", {}).status_code == 422
    fields = {"form-1-what": "Relire le livret à deux", "form-1-who": "Nous"}
    client.post(_mine("decisions", made, secret), fields)
    assert list(Decision.objects.values_list("position", "what")) == [
        (2, "Relire le livret à deux")
    ]
    page = client.get(_mine("joint", made, other)).content.decode()
    assert "Relire le livret à deux" in page


def test_the_joint_moment_is_closed_before_the_turn(client):
    made = making.opened()
    _, secret = making.sent(made.assessment)
    for name in ("together", "decisions", "joint", "share", "again"):
        assert client.get(_mine(name, made, secret))["Location"] == _mine("mine", made, secret)


def test_doing_it_again_follows_shows_what_moved_and_ticks_decisions(client):
    made, (_, secret), _ = making.turned()
    client.post(f"{_mine('together', made, secret)}?n=1", {"value": "1"})
    Decision.objects.create(assessment=made.assessment, position=1, what="Se voir chaque mois")
    answer = client.post(_mine("again", made, secret))
    code = re.search("/e/([A-Z]{12})/", answer["Location"])[1]
    following = assessments.assessment_of(code)
    assert following.follows == made.assessment
    people = [making.sent(following, role)[1] for role in (PRO, PARTNER)]
    mine = reverse("selfassess:together", args=[code, people[0]])
    client.post(f"{mine}?n=1", {"value": "3"})
    joint = reverse("selfassess:joint", args=[code, people[0]])
    page = client.get(joint).content.decode()
    assert page.count("En hausse de 2 depuis la dernière fois.") == 1
    assert "Se voir chaque mois" in page
    client.post(reverse("selfassess:tick", args=[code, people[0], 1]), {"done": "oui"})
    assert Decision.objects.get().done == "oui"
    client.post(reverse("selfassess:tick", args=[code, people[0], 1]), {"done": "nul"})
    assert Decision.objects.get().done == "oui"


def test_a_reminder_keeps_the_address_until_it_is_sent(client):
    from selfassess.tasks import remind

    made, (_, secret), _ = making.turned()
    page = client.post(_mine("remind", made, secret), {"email": "a@exemple.invalid"})
    assert "C’est noté" in page.content.decode()
    remind()
    assert not Message.objects.exists()
    Reminder.objects.update(due_on="2020-01-01")
    remind()
    remind()
    mail = Message.objects.get()
    assert _mine("again", made, secret) in mail.text
    assert not Reminder.objects.exists()


def test_the_opener_sees_counts_and_turns_over(client):
    made = making.opened(Mode.GROUP)
    for _ in range(3):
        making.sent(made.assessment, value=4)
    making.joined(made.assessment)
    page = client.get(reverse("selfassess:manage", args=[made.code, made.manager]))
    assert "3 ont terminé, sur 4" in page.content.decode().replace("\xa0", " ")
    client.post(reverse("selfassess:reveal", args=[made.code, made.manager]))
    room = reverse("selfassess:facilitate", args=[made.code, made.manager])
    assert "La roue du groupe" in client.get(room).content.decode()
    assert "Critère 1 sur 12" in client.get(f"{room}?n=1").content.decode()
    assert client.get(f"{room}?n=99").status_code == 200


def test_a_group_page_shows_no_role_of_fewer_than_three(client):
    made = making.opened(Mode.GROUP)
    people = [making.sent(made.assessment, PRO, 3)[1] for _ in range(4)]
    making.sent(made.assessment, PARTNER, 0)
    assessments.assessment_reveal(assessment=made.assessment)
    page = client.get(_mine("mine", made, people[0])).content.decode()
    table = page[page.index("Critère par critère") :]
    assert "Patient partenaire ressource" not in table
    assert "Professionnel partenaire" not in table  # with the whole, it would tell the other


def test_the_team_sees_no_assessment_and_nothing_below_five(client):
    user = person(Role.TEAM)
    sign_in(client, user)
    made, (participant, secret), _ = making.turned()
    client.post(_mine("share", made, secret), {"shares": "on", "department": "31"})
    participant.refresh_from_db()
    assert participant.shares
    page = client.get("/pilotage/autoevaluation/").content.decode()
    assert "Pas encore de réponses partagées" in page


@pytest.mark.parametrize("name", ["professionnel", "partenaire", "ensemble", "affiche"])
def test_blank_papers_are_made(client, name):
    answer = client.get(f"{GRID}{name}.pdf")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"


def test_papers_of_a_pair_are_made_and_kept_nowhere(client):
    made, (_, secret), _ = making.turned()
    client.post(f"{_mine('together', made, secret)}?n=1", {"value": "3"})
    for name in ("ma-roue", "resultat", "commun"):
        answer = client.get(_mine("paper", made, secret, name))
        assert answer.content[:5] == b"%PDF-"
        assert answer["Cache-Control"] == "no-store"
    assert client.get(_mine("paper", made, secret, "autre")).status_code == 404
    assert client.get(f"{GRID}autre.pdf").status_code == 404


def test_while_nothing_is_agreed_on_its_paper_is_the_page_that_says_so(client):
    made, (_, secret), _ = making.turned()
    answer = client.get(_mine("paper", made, secret, "commun"))
    assert answer["Location"] == _mine("joint", made, secret)
    assert "Rien n’est encore posé" in client.get(answer["Location"]).content.decode()
    assert (
        _mine("paper", made, secret, "commun")
        not in client.get(_mine("mine", made, secret)).content.decode()
    )
    Decision.objects.create(assessment=made.assessment, position=1, what="Relire à deux")
    assert client.get(_mine("paper", made, secret, "commun")).content[:5] == b"%PDF-"


def test_forms_of_secret_pages_need_their_token():
    made = making.opened()
    strict = Client(enforce_csrf_checks=True)
    join = reverse("selfassess:join", args=[made.code])
    assert strict.post(join, {"role": PRO}).status_code == 403
