"""What the nights erased: told to administrators, in numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cops.pages.nights import nights_to_look_at
from cops.privacy.models import PurgeRun
from cops.todo import Urgency
from tests.accounts.people import person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stop(settings, tmp_path):
    settings.RETENTION_STOP_FILE = tmp_path / "stop"
    return settings.RETENTION_STOP_FILE


def _runs() -> None:
    PurgeRun.objects.create(model="mail.Message", erased=12)
    PurgeRun.objects.create(model="sessions.Session", erased=3, unfinished=True)
    PurgeRun.objects.create(model="audit.Entry", failed=True)
    old = PurgeRun.objects.create(model="resources.Binder", failed=True)
    PurgeRun.objects.filter(pk=old.pk).update(ran_at=timezone.now() - timedelta(days=8))


def test_the_page_tells_the_week_and_a_stop(client, stop):
    _runs()
    sign_in(client, person("administrator"))
    html = client.get(reverse("pages:nights")).content.decode()
    for words in ("12\u00a0lignes", "Vos sessions", "Il en reste", "Échec", "0\u00a0compte effacé"):
        assert words in html
    assert "Vos classeurs" not in html
    assert "est suspendu" not in html
    stop.touch()
    assert "est suspendu" in client.get(reverse("pages:nights")).content.decode()


def test_a_week_without_a_night_is_explained(client):
    sign_in(client, person("administrator"))
    html = client.get(reverse("pages:nights")).content.decode()
    assert "Aucun passage cette semaine" in html


def test_what_went_wrong_is_to_be_done_by_administrators(stop):
    _runs()
    administrator = person("administrator")
    found = {item.label: item.urgency for item in nights_to_look_at(administrator)}
    assert found == {
        "Vos sessions : il en reste": Urgency.NORMAL,
        "Le journal de ce que vous avez fait : échec": Urgency.LATE,
    }
    stop.touch()
    assert nights_to_look_at(administrator)[0].label == "L’effacement de nuit est suspendu"
    assert nights_to_look_at(person("team")) == []
