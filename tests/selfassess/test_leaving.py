"""What stays of an assessment: nothing for the team to read, and nothing at all once it is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cops.accounts.enums import Role
from cops.mail.enums import State
from cops.mail.models import Message
from cops.mail.sending import outbox_send
from cops.privacy.retaining import model_retain
from selfassess.models import Assessment, Reminder, SharedScore
from selfassess.services.answers import answers_save, sharing_set
from selfassess.services.assessments import assessment_delete
from selfassess.services.kept import place_keep
from selfassess.services.sharing import shares_drop
from selfassess.tasks import remind
from tests.accounts.people import person, sign_in
from tests.http.routes import ROUTES
from tests.mail.conftest import sink  # noqa: F401
from tests.selfassess import making
from tests.selfassess.making import PARTNER, PRO

pytestmark = pytest.mark.django_db
NAME, NOTE, SENTENCE, DECISION = "Canarine", "canari-note", "canari-phrase", "canari-decision"
ADDRESS = "canari@exemple.invalid"
WORDS = (NAME, NOTE, SENTENCE, DECISION, ADDRESS)


def _told():
    """A pair that wrote everywhere one can write, one of whom keeps it in an account."""
    made = making.opened()
    me, secret = making.joined(made.assessment, PRO, NAME)
    answers_save(participant=me, scores=making.marks(made.assessment), notes={"CE1": NOTE})
    client = Client(headers={"host": "localhost"})
    client.post(reverse("selfassess:review", args=[made.code, secret]))
    making.sent(made.assessment, PARTNER)
    for name, fields in (
        ("together", {"value": "2", "sentence": SENTENCE}),
        ("remind", {"email": ADDRESS}),
    ):
        client.post(reverse(f"selfassess:{name}", args=[made.code, secret]), fields)
    made.assessment.decisions.create(position=1, what=DECISION)
    made.assessment.refresh_from_db()
    sharing_set(participant=me, shares=True, department="31")
    place_keep(owner=person(Role.MEMBER), assessment=made.assessment, participant=me)
    return made, secret


def _in_base(*words: str) -> list[tuple[str, str]]:
    """(table, word): every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for word in words:
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" AS t WHERE t::text LIKE %s', [f"%{word}%"]
                )
                if cursor.fetchone()[0]:
                    found.append((table, word))
    return found


def _files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_the_scan_of_the_base_finds_what_is_there():
    _told()
    assert {word for _, word in _in_base(*WORDS)} == set(WORDS)


@pytest.mark.parametrize("way", ["button", "purge"])
def test_once_deleted_or_purged_nothing_is_left_in_any_table(client, way):
    made, secret = _told()
    kept = [made.assessment.manager_digest, made.assessment.participants.first().digest]
    if way == "button":
        client.post(reverse("selfassess:delete", args=[made.code, made.manager]))
    else:
        with time_machine.travel("2099-01-01", tick=False):
            model_retain(model="selfassess.Assessment")
    assert not Assessment.objects.exists()
    assert _in_base(*WORDS, made.code, made.manager, secret, *kept) == []
    # What remains is the print of the code, by which its links say that it is gone.
    assert {table for table, _ in _in_base(made.assessment.code_digest)} == {"selfassess_departed"}
    for name, link in (("mine", secret), ("manage", made.manager)):
        answer = client.get(reverse(f"selfassess:{name}", args=[made.code, link]))
        assert answer.status_code == 410
        assert not any(word in answer.content.decode() for word in WORDS)


def test_no_result_is_kept_as_a_file_nor_in_the_page_cache(client):
    made, secret = _told()
    before = _files()
    for name in ("ma-roue", "resultat", "commun"):
        answer = client.get(reverse("selfassess:paper", args=[made.code, secret, name]))
        assert answer.content[:5] == b"%PDF-"
        assert answer["Cache-Control"] == "no-store"
    for name in ("mine", "together", "decisions", "joint", "keep"):
        answer = client.get(reverse(f"selfassess:{name}", args=[made.code, secret]))
        assert (name, answer["Cache-Control"]) == (name, "no-store")
        assert "ETag" not in answer
    assert _files() == before


def test_what_was_shared_stays_and_leads_back_to_nobody(client):
    made, _ = _told()
    for _ in range(4):
        other, _, _ = making.turned()
        for one in other.assessment.participants.filter(role=PRO):
            sharing_set(participant=one, shares=True, department="31")
    assert shares_drop() == 5
    assessment_delete(assessment=Assessment.objects.get(pk=made.assessment.pk))
    assert SharedScore.objects.count() == 60
    assert _in_base(*WORDS) == []


@pytest.mark.parametrize("role", [Role.TEAM, Role.ADMINISTRATOR])
def test_no_page_of_the_team_shows_anything_of_it(role):
    made, secret = _told()
    client = Client(headers={"host": "localhost"})
    # A mail with a secret link that did not leave: the team sees that one waits, not whose.
    client.post(reverse("selfassess:keep", args=[made.code, secret]), {"email": ADDRESS})
    Message.objects.update(state=State.REFUSED, reason="550", settled_at=timezone.now())
    sign_in(client, person(role, email="equipe@exemple.invalid"))
    assert "adresse non montrée" in client.get("/pilotage/courriels/").content.decode()
    pages = {
        address
        for lines in ROUTES.values()
        for address, expected in lines
        if address.startswith("/pilotage/") and expected.team == 200
    }
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.add(reverse(f"{base}_changelist"))
    read = 0
    for address in pages:
        answer = client.get(address)
        if answer.status_code == 200:
            read += 1
            text = answer.content.decode()
            assert [word for word in (*WORDS, secret, made.code) if word in text] == [], address
    assert read > 20
    for address in ("assessment", "participant", "keptplace", "reminder", "jointscore"):
        assert client.get(f"/admin/selfassess/{address}/").status_code == 404


def test_the_reminder_leaves_by_the_real_post_and_its_address_is_erased(sink, client):  # noqa: F811
    made, secret = _told()
    assert _in_base(ADDRESS)
    remind()
    assert Reminder.objects.exists()  # not due yet
    Reminder.objects.update(due_on="2026-01-01")
    remind()
    assert not Reminder.objects.exists()
    assert outbox_send() == 1
    (mail,) = sink.mails
    assert mail["To"] == ADDRESS
    body = mail.get_body(("plain",)).get_content()
    again = reverse("selfassess:again", args=[made.code, secret])
    assert again in body.replace("=\n", "")
    # Sent, nothing of it is left in the outbox either.
    assert not Message.objects.exists()
    assert _in_base(ADDRESS) == []
    assert client.get(again).status_code == 200
    assert outbox_send() == 0


def test_one_s_own_link_leaves_by_the_real_post_and_nothing_of_it_stays(sink, client):  # noqa: F811
    made = making.opened()
    _, secret = making.joined(made.assessment)
    client.post(reverse("selfassess:keep", args=[made.code, secret]), {"email": ADDRESS})
    assert outbox_send() == 1
    (mail,) = sink.mails
    link = reverse("selfassess:mine", args=[made.code, secret])
    assert link in mail.get_body(("plain",)).get_content()
    assert _in_base(ADDRESS, secret, made.code) == []


def test_the_day_of_the_purge_is_said_on_the_pages(client):
    made, secret = _told()
    for name, link in (("mine", secret), ("manage", made.manager)):
        page = client.get(reverse(f"selfassess:{name}", args=[made.code, link]))
        assert "Sans visite d’ici au" in page.content.decode()
