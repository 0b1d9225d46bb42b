"""What the team sees of the portal's health, and in « À traiter »."""

from __future__ import annotations

import dataclasses
import time

import pytest
from django.core.cache import cache

from cops.accounts.enums import Role
from cops.operation import alarms, queues
from tests.accounts.people import person, sign_in

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def team(client, settings):
    cache.clear()
    settings.BACKUP_FOLDER = ""
    queues.note_watch(time.time())
    sign_in(client, person(Role.TEAM))
    return client


def only(monkeypatch, key: str, value: float) -> None:
    rule = next(rule for rule in alarms.RULES if rule.key == key)
    monkeypatch.setattr(alarms, "RULES", (dataclasses.replace(rule, measure=lambda: value),))


def test_all_is_well(team):
    text = team.get("/pilotage/sante/").content.decode()
    assert "Tout va bien." in text
    assert "à regarder" not in text
    assert "Le plus ancien courriel à envoyer attend depuis" in text
    assert text.count("rien n’attend") == 2
    assert "Des courriels attendent" not in text


def test_what_goes_wrong_is_said_with_what_to_do(team, monkeypatch):
    only(monkeypatch, "mail", 25 * 60)
    text = team.get("/pilotage/sante/").content.decode()
    assert f"1{NBSP}point demande quelqu’un." in text
    assert "Des courriels attendent depuis plus de dix minutes." in text
    assert "Regardez la page « Courriels »" in text.replace(NBSP, " ")
    assert f"25{NBSP}minutes" in text
    assert f"au plus 10{NBSP}minutes" in text


def test_it_heads_what_the_team_has_to_do(team, monkeypatch):
    only(monkeypatch, "backup", float("inf"))
    text = team.get("/pilotage/").content.decode()
    assert "La dernière sauvegarde a plus de trente heures." in text
    assert 'href="/pilotage/sante/"' in text


def test_nothing_is_to_be_done_while_all_is_well(team):
    assert "sauvegarde" not in team.get("/pilotage/").content.decode()


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "moins d’une minute"),
        (59, "moins d’une minute"),
        (60, "1 minute"),
        (7199, "119 minutes"),
        (7200, "2 heures"),
        (30 * 3600, "30 heures"),
        (172_800, "2 jours"),
        (float("inf"), "jamais"),
    ],
)
def test_a_duration_is_said_in_its_largest_unit(seconds, words):
    assert alarms.duration_fr(seconds).replace(NBSP, " ") == words


def test_mails_and_documents_are_measured():
    from datetime import timedelta

    from django.utils import timezone

    from cops.exports.models import Export
    from cops.mail.models import Message

    cache.clear()
    queues.note_watch(time.time())
    assert (queues.oldest_mail(), queues.oldest_export()) == (0.0, 0.0)
    ago = timezone.now() - timedelta(minutes=11)
    Message.objects.create(
        to="a@example.org", category="account", bulk=False, template="x", subject="x", text="x",
        dedupe_key="x", not_before=ago,
    )  # fmt: skip
    export = Export.objects.create(kind="x", content_hash="x", fingerprint="x")
    Export.objects.filter(pk=export.pk).update(created_at=timezone.now() - timedelta(minutes=16))
    assert [reading.key for reading in alarms.active()] == ["mail", "exports"]
    Message.objects.update(not_before=timezone.now() - timedelta(minutes=9))
    Export.objects.filter(pk=export.pk).update(created_at=timezone.now() - timedelta(minutes=14))
    assert alarms.active() == []
