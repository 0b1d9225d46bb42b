"""A reminder: its link is never in clear, and one takes it back."""

from __future__ import annotations

import importlib
import io

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from cops.encryption import decrypt
from cops.mail.models import Message
from selfassess.enums import Mode
from selfassess.models import Reminder
from selfassess.services.assessments import assessment_reveal
from selfassess.services.joint import Decided, decisions_set, joint_score_set
from selfassess.services.reminders import reminders_send
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO, here

pytestmark = pytest.mark.django_db
ASKED = {"email": "jeanne@exemple.fr"}
TAKEN = {"retirer": "1"}


def _rows() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(r::text, ' ') FROM selfassess_reminder AS r")
        return cursor.fetchone()[0] or ""


def test_neither_the_code_nor_the_secret_of_its_link_is_in_the_table(client):
    made, (_, secret), _ = making.turned()
    client.post(here("remind", made, secret), ASKED)
    row = Reminder.objects.get()
    assert not any(word in _rows() for word in (made.code, secret, "encore"))
    assert decrypt(row.link) == f"http://testserver{here('again', made, secret)}"


def test_one_takes_it_back_from_its_page_and_its_address_is_erased(client):
    made, (_, secret), (_, other) = making.turned()
    page, its = here("remind", made, secret), here("remind", made, other)
    assert "Ne plus me prévenir" not in client.get(page).content.decode()
    assert "Ne plus me prévenir" in client.post(page, ASKED).content.decode()
    client.post(its, {"email": "paul@exemple.fr"})
    shown = client.get(page).content.decode()
    assert "Un courriel partira le" in shown
    assert "jeanne" not in shown
    for _ in range(2):
        told = client.post(page, TAKEN).content.decode()
        assert "Aucun courriel ne partira" in told
        assert "Ne plus me prévenir" not in told
    assert list(Reminder.objects.values_list("email", flat=True)) == ["paul@exemple.fr"]


def test_several_asked_from_one_screen_are_told_and_taken_back_together(client):
    made, (_, secret), _ = making.turned()
    page = here("remind", made, secret)
    for email in ("jeanne@exemple.fr", "paul@exemple.fr"):
        client.post(page, {"email": email})
    assert "2 courriels partiront" in client.get(page).content.decode()
    client.post(page, TAKEN)
    assert not Reminder.objects.exists()


def test_alone_one_takes_it_back_too(client):
    made = making.opened(Mode.ALONE)
    _, secret = making.sent(made.assessment)
    client.post(here("remind", made, secret), ASKED)
    client.post(here("remind", made, secret), TAKEN)
    assert not Reminder.objects.exists()


def test_after_a_change_of_keys_the_link_is_written_again_and_leaves(client, settings):
    settings.ENCRYPTION_KEYS = ["ancienne clé " * 5]
    made, (_, secret), _ = making.turned()
    client.post(here("remind", made, secret), ASKED)
    settings.ENCRYPTION_KEYS = ["nouvelle clé " * 5, *settings.ENCRYPTION_KEYS]
    said = io.StringIO()
    call_command("reencrypt_seeds", stdout=said)
    assert "Liens de rappel réécrits : 1." in said.getvalue()
    settings.ENCRYPTION_KEYS = settings.ENCRYPTION_KEYS[:1]
    Reminder.objects.update(due_on=timezone.localdate())
    assert reminders_send() == 1
    assert here("again", made, secret) in Message.objects.get().text


def test_of_a_lost_key_the_reminder_waits_and_holds_back_no_other(client, settings):
    made, (_, secret), (_, other) = making.turned()
    settings.ENCRYPTION_KEYS = ["clé perdue " * 5]
    client.post(here("remind", made, secret), ASKED)
    settings.ENCRYPTION_KEYS = ["nouvelle clé " * 5]
    client.post(here("remind", made, other), {"email": "paul@exemple.fr"})
    Reminder.objects.update(due_on=timezone.localdate())
    assert reminders_send() == 1
    assert Reminder.objects.get().email == "jeanne@exemple.fr"
    said = io.StringIO()
    call_command("reencrypt_seeds", stdout=io.StringIO(), stderr=said)
    assert "Illisibles avec les clés connues : 1" in said.getvalue()


def test_those_asked_before_are_encrypted_and_the_way_back_is_open(client):
    moved = importlib.import_module("selfassess.migrations.0005_reminder_link_encrypted")
    made, (_, secret), _ = making.turned()
    client.post(here("remind", made, secret), ASKED)
    link = f"http://testserver{here('again', made, secret)}"
    for _ in range(2):
        moved.reopen(apps, None)
        assert Reminder.objects.get().link == link
    for _ in range(2):
        moved.close(apps, None)
        assert decrypt(Reminder.objects.get().link) == link


@pytest.mark.parametrize("mode", [Mode.ALONE, Mode.PAIR, Mode.GROUP])
@pytest.mark.parametrize("kept", ["nothing", "a level", "a decision"])
def test_the_mail_says_what_happened_and_nothing_else(client, mode, kept):
    made = making.opened(mode)
    _, secret = making.sent(made.assessment, PRO)
    if mode != Mode.ALONE:
        making.sent(made.assessment, PARTNER)
    if mode == Mode.GROUP:
        assessment_reveal(assessment=made.assessment)
    made.assessment.refresh_from_db()
    if mode != Mode.ALONE and kept == "a level":
        joint_score_set(assessment=made.assessment, criterion="CE1", value=2)
    if mode != Mode.ALONE and kept == "a decision":
        decisions_set(assessment=made.assessment, decisions=[Decided(what="Relire à deux")])
    client.post(here("remind", made, secret), ASKED)
    Reminder.objects.update(due_on=timezone.localdate())
    assert reminders_send() == 1
    text = Message.objects.get().text
    told = {
        words: words in text for words in ("regardé ensemble", "Vos décisions", "ce qui a bougé")
    }
    assert told == {
        "regardé ensemble": mode != Mode.ALONE,
        "Vos décisions": mode != Mode.ALONE and kept == "a decision",
        "ce qui a bougé": mode == Mode.ALONE or kept == "a level",
    }
