"""What goes wrong while people fill a wheel: refused with words, and nothing kept is lost."""

from __future__ import annotations

import re
import threading

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from cops.mail.models import Message
from cops.secrets import random_name
from selfassess.enums import Mode
from selfassess.models import Assessment, JointScore, Participant, Reminder
from selfassess.services.assessments import assessment_delete, lock
from selfassess.services.grids import grid_write
from selfassess.services.kept import place_keep
from tests.accounts.people import person, sign_in
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO, here

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_grid():
    return making.grid()


def _shown(client, address: str) -> dict[str, str]:
    """The form of the page as a browser would send it back, untouched."""
    page = client.get(address).content.decode()
    form = page[page.index("data-assess") :]
    form = form[: form.index("</form>")]
    fields = dict(re.findall(r'type="hidden" name="(vu-[^"]+)" value="([^"]*)"', form))
    fields |= dict.fromkeys(re.findall(r'type="hidden" name="(vu-[^"]+)"', form), "") | fields
    for name, value, rest in re.findall(
        r'type="radio" name="([^"]+)" value="([^"]*)"([^>]*)', form
    ):
        if "checked" in rest:
            fields[name] = value
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)</textarea>', form):
        fields[name] = text.strip("\r\n")
    return fields


def test_the_form_of_an_untouched_page_is_read_whole(client):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    address = here("answer", made, secret) + "?axe=tout"
    fields = _shown(client, address)
    assert len(fields) == 12 + 12 + 12  # notes, and what was shown of levels and notes
    client.post(address, fields | {"CE1": "2", "note-CE1": "À moi"})
    assert _shown(client, address)["vu-CE1"] == "2"
    assert _shown(client, address)["vu-note-CE1"] == "À moi"


@pytest.mark.parametrize("value", ["5", "-1", "x", "3.5", "True", "null", "²", "4\x00", "9" * 400])
def test_a_level_outside_0_to_4_is_a_message_and_the_rest_is_still_there(client, value):
    made = making.opened()
    participant, secret = making.joined(made.assessment)
    fields = {"CE1": value, "CE2": "2", "CE3": "nc", "note-CE3": "À garder", "suite": "1"}
    answer = client.post(here("answer", made, secret), fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Rien n’est perdu" in page
    assert "À garder" in page
    participant.refresh_from_db()
    assert (participant.scores, participant.notes) == ({}, {})


@pytest.mark.parametrize("name", ["ZZ9", "CE4", "note-ZZ9", "vu-ZZ9", "CC1"])
def test_a_question_that_is_not_on_the_page_is_a_message_and_nothing_is_kept(client, name):
    made = making.opened()
    participant, secret = making.joined(made.assessment)
    fields = {"CE1": "2", "CE2": "2", "CE3": "2", name: "2", "suite": "1"}
    answer = client.post(here("answer", made, secret), fields)
    assert answer.status_code == 422
    assert "n’est pas dans la grille" in answer.content.decode()
    participant.refresh_from_db()
    assert participant.scores == {}


def test_a_criterion_answered_twice_is_a_message_and_nothing_is_kept(client):
    made = making.opened()
    participant, secret = making.joined(made.assessment)
    fields = {"CE1": ["2", "4"], "CE2": "2", "CE3": ["1", "1"], "suite": "1"}
    answer = client.post(here("answer", made, secret), fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count("Deux niveaux pour un critère") == 2  # in the summary and beside it
    participant.refresh_from_db()
    assert participant.scores == {}


def test_a_note_too_long_is_a_message_and_its_text_is_still_there(client):
    made = making.opened()
    _, secret = making.joined(made.assessment)
    answer = client.post(here("answer", made, secret), {"note-CE1": "é" * 1_001, "dessiner": "1"})
    assert answer.status_code == 422
    assert "raccourcissez-la" in answer.content.decode()
    assert "é" * 1_001 in answer.content.decode()


@pytest.mark.parametrize("page", ["remind", "keep", "keep_manager"])
def test_an_address_longer_than_any_is_a_message_and_nothing_is_sent(client, page):
    made, (_, secret), _ = making.turned()
    # Well-formed all the same, in 305 characters.
    address = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.{'c' * 60}"[:302] + ".fr"
    assert len(address) == 305
    whose = made.manager if page == "keep_manager" else secret
    answer = client.post(here(page, made, whose), {"email": address})
    assert answer.status_code == 422
    assert "Cette adresse est trop longue" in answer.content.decode()
    assert not Reminder.objects.exists()
    assert not Message.objects.exists()


def test_what_is_sent_twice_is_sent_once_and_both_lead_on(client):
    made = making.opened()
    participant, secret = making.joined(made.assessment)
    fields = dict.fromkeys(made.assessment.instrument.criteria, "3") | {"suite": "1"}
    client.post(here("answer", made, secret) + "?axe=tout", fields)
    for _ in range(2):
        sent = client.post(here("review", made, secret))
        assert sent["Location"] == here("mine", made, secret)
    first = Participant.objects.get(pk=participant.pk).submitted_at
    client.post(here("review", made, secret))
    assert Participant.objects.get(pk=participant.pk).submitted_at == first


def test_what_is_sent_with_an_answer_missing_is_refused_and_kept(client):
    made = making.opened()
    participant, secret = making.joined(made.assessment)
    client.post(here("answer", made, secret), {"CE1": "3", "plus-tard": "1"})
    answer = client.post(here("review", made, secret))
    assert answer.status_code == 422
    assert "Il manque une réponse" in answer.content.decode()
    participant.refresh_from_db()
    assert (participant.scores, participant.submitted_at) == ({"CE1": 3}, None)


def test_two_devices_with_one_link_lose_nothing_that_either_kept(client):
    made = making.opened()
    participant, secret = making.joined(made.assessment)
    address = here("answer", made, secret)
    phone = _shown(client, address)
    tablet = _shown(client, address)
    client.post(address, tablet | {"CE1": "4", "note-CE1": "De la tablette", "dessiner": "1"})
    # The phone's page is older: what was not touched there takes nothing back.
    client.post(address, phone | {"CE2": "1", "note-CE2": "Du téléphone", "dessiner": "1"})
    participant.refresh_from_db()
    assert participant.scores == {"CE1": 4, "CE2": 1}
    assert participant.notes == {"CE1": "De la tablette", "CE2": "Du téléphone"}
    # Of the same criterion, the last one said wins; two texts are both kept.
    client.post(address, phone | {"CE1": "0", "note-CE1": "Et du téléphone", "dessiner": "1"})
    participant.refresh_from_db()
    assert participant.scores == {"CE1": 0, "CE2": 1}
    assert participant.notes["CE1"] == "De la tablette\nEt du téléphone"
    # Both long: longer than a note may be written, it neither is cut nor holds back the rest.
    client.post(address, _shown(client, address) | {"note-CE3": "a" * 1_000, "dessiner": "1"})
    client.post(address, phone | {"note-CE3": "b" * 1_000, "dessiner": "1"})
    fields = _shown(client, address)
    assert len(fields["note-CE3"]) == 2_001
    assert client.post(address, fields | {"CE3": "2", "suite": "1"}).status_code == 302
    participant.refresh_from_db()
    assert (participant.scores["CE3"], len(participant.notes["CE3"])) == (2, 2_001)
    # Emptied where it was last seen, it is empty.
    client.post(address, _shown(client, address) | {"note-CE3": "", "dessiner": "1"})
    participant.refresh_from_db()
    assert "CE3" not in participant.notes


def test_a_device_whose_wheel_was_sent_from_the_other_is_led_on_and_changes_nothing(client):
    made = making.opened()
    participant, secret = making.sent(made.assessment, PRO, 3)
    answer = client.post(here("answer", made, secret), {"CE1": "0", "dessiner": "1"})
    assert answer["Location"] == here("mine", made, secret)
    participant.refresh_from_db()
    assert participant.scores["CE1"] == 3


def test_who_joins_after_the_turn_is_told_and_gets_no_place(client):
    made, _, _ = making.turned()
    join = reverse("selfassess:join", args=[made.code])
    assert "Il est trop tard" in client.get(join).content.decode()
    answer = client.post(join, {"role": PRO, "jeton": random_name()})
    assert answer.status_code == 422
    assert Participant.objects.count() == 2


def test_two_professionals_of_a_pair_the_second_is_told_to_take_the_other_role(client):
    made = making.opened()
    join = reverse("selfassess:join", args=[made.code])
    client.get(join)  # the second one's page, open before the first took the role
    assert client.post(join, {"role": PRO, "jeton": random_name()}).status_code == 302
    late = client.post(join, {"role": PRO, "name": "Ana", "jeton": random_name()})
    assert late.status_code == 422
    page = late.content.decode()
    assert "Ce rôle est déjà pris" in page
    assert 'value="Ana"' in page
    assert Participant.objects.count() == 1
    assert client.post(join, {"role": PARTNER, "jeton": random_name()}).status_code == 302


def test_a_place_taken_by_a_double_click_is_taken_once_and_both_lead_to_it(client):
    made = making.opened()
    join = reverse("selfassess:join", args=[made.code])
    jeton = random_name()
    leads = {client.post(join, {"role": PRO, "jeton": jeton})["Location"] for _ in range(2)}
    assert leads == {here("mine", made, jeton)}
    assert Participant.objects.count() == 1


@pytest.mark.parametrize("jeton", ["", "court", "é" * 22, "x" * 23])
def test_a_place_is_taken_whatever_the_form_says_of_its_secret(client, jeton):
    made = making.opened()
    answer = client.post(reverse("selfassess:join", args=[made.code]),
                         {"role": PRO, "jeton": jeton})  # fmt: skip
    assert re.fullmatch(rf"/autoevaluation/e/{made.code}/p/\w{{22}}/", answer["Location"])


def test_the_forty_first_of_a_group_is_told_before_and_after_the_form(client):
    made = making.opened(Mode.GROUP)
    join = reverse("selfassess:join", args=[made.code])
    for _ in range(40):
        assert client.post(join, {"role": PRO, "jeton": random_name()}).status_code == 302
    for answer in (client.get(join), client.post(join, {"role": PRO, "jeton": random_name()})):
        assert "Toutes les places sont prises" in answer.content.decode()
    assert Participant.objects.count() == 40


def test_a_pair_goes_on_when_the_account_that_keeps_it_is_erased(client):
    owner = person("member", email="ouvreuse@exemple.invalid")
    made = making.opened()
    participant, secret = making.sent(made.assessment, PRO)
    for place in (None, participant):
        place_keep(owner=owner, assessment=made.assessment, participant=place)
    owner.delete()
    making.sent(made.assessment, PARTNER)
    assert "Nos deux roues" in client.get(here("mine", made, secret)).content.decode()


def test_a_grid_edited_meanwhile_changes_nothing_for_those_who_fill_it(client):
    version = making.grid()
    made = making.opened()
    participant, secret = making.joined(made.assessment)
    address = here("answer", made, secret)
    client.post(address, _shown(client, address) | {"CE1": "4", "dessiner": "1"})
    content = dict(version.content)
    content["axes"] = [dict(axis) for axis in content["axes"]]
    first = content["axes"][0]
    first["criteria"] = [dict(one) for one in first["criteria"]]
    first["criteria"][0] |= {"code": "CE9", "label": "Une tout autre question"}
    assert grid_write(grid=version.grid, content=content).number == 2
    page = client.get(address).content.decode()
    assert "Une tout autre question" not in page
    fields = _shown(client, address) | {"CE2": "1", "CE3": "1", "suite": "1"}
    assert client.post(address, fields)["Location"].endswith("?axe=2")
    participant.refresh_from_db()
    assert participant.scores == {"CE1": 4, "CE2": 1, "CE3": 1}
    # The next one to be opened asks the new question.
    new = making.opened()
    _, other = making.joined(new.assessment)
    assert "Une tout autre question" in client.get(here("answer", new, other)).content.decode()


@pytest.mark.parametrize("asked", ["0", "99", "-1", "x", "²", "1e3", "9" * 400])
def test_an_odd_number_in_the_address_is_the_first_step(client, asked):
    made, (_, secret), _ = making.turned()
    other = making.opened()
    _, new = making.joined(other.assessment)
    for address in (here("together", made, secret) + f"?n={asked}",
                    here("answer", other, new) + f"?axe={asked}"):  # fmt: skip
        assert client.get(address).status_code == 200


# --- erased while a page of it is open -----------------------------------------------------

POSTS = {
    "answer": {"CE1": "2", "dessiner": "1"},
    "review": {},
    "reopen": {},
    "together": {"value": "3"},
    "decisions": {"form-0-what": "Se voir"},
    "remind": {"email": "a@exemple.invalid"},
    "share": {"shares": "on"},
    "again": {},
    "keep_mine": {},
}
OPENERS = ["reveal", "close", "delete", "keep_opener"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", [*POSTS, "join", *OPENERS])
def test_what_is_erased_at_the_very_moment_one_writes_is_gone_and_no_fault(name):
    """The writer waits for the lock of the one who erases, then finds nothing."""
    turned = name in {"together", "decisions", "remind", "share", "again"}
    if turned:
        made, (_, secret), _ = making.turned()
    else:
        made = making.opened()
        send = making.sent if name == "reopen" else making.joined
        _, secret = send(made.assessment, PRO)
    address, fields = _target(name, made, secret)
    answers: list[int] = []
    client = Client(raise_request_exception=False)
    if name.startswith("keep_"):
        sign_in(client, person("member", email="membre@exemple.invalid"))

    def write() -> None:
        try:
            answers.append(client.post(address, fields).status_code)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    with transaction.atomic():
        locked = lock(made.assessment)
        writer.start()
        _wait_for_a_waiter()
        assessment_delete(assessment=locked)
    writer.join(20)
    # « Reveal » and « reopen » lead to a page that is gone; erased twice is erased.
    wanted = {"reveal": 302, "reopen": 302, "delete": 200}
    assert answers == [wanted.get(name, 410)]
    assert not Assessment.objects.exists()
    assert not JointScore.objects.exists()


def _target(name: str, made, secret: str) -> tuple[str, dict[str, str]]:
    if name == "join":
        return reverse("selfassess:join", args=[made.code]), {"role": PARTNER}
    if name in POSTS:
        return here(name, made, secret), POSTS[name]
    return reverse(f"selfassess:{name}", args=[made.code, made.manager]), {}


def _wait_for_a_waiter() -> None:
    """Until somebody waits for a row that this transaction holds."""
    with connection.cursor() as cursor:
        for _ in range(2_000):
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted"
                " AND transactionid = pg_current_xact_id()::xid"
            )
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.005)")
    pytest.fail("nobody waits")
