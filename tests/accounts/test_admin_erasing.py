"""An account leaves the admin by one door: the departure of « Mes données », with its promises."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from cops.accounts.admin import RoleGrantInline
from cops.accounts.enums import Role
from cops.accounts.models import Consent
from cops.accounts.my_data.leaving import account_end_departed
from cops.accounts.services.consents import consent_give
from cops.audit import trail
from cops.mail.models import Message
from cops.privacy.erasing import person_erase
from cops.privacy.journal import journal_path, journal_write
from cops.privacy.models import Departure, Erasure
from cops.privacy.registry import declaration_of
from tests.accounts.people import person, sign_in
from tests.privacy.making import CANARY, known_person
from tests.privacy.traces import traces

pytestmark = pytest.mark.django_db(transaction=True)

User = get_user_model()
LIST = reverse("admin:accounts_user_changelist")
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    settings.ERASURE_JOURNAL = tmp_path / "erasures.jsonl"
    settings.RETENTION_STOP_FILE = tmp_path / "stop"


@pytest.fixture
def keeper(client):
    user = person(Role.ADMINISTRATOR, display_name="Dominique")
    sign_in(client, user)
    return user


def _erase(user) -> str:
    return reverse("admin:accounts_user_erase", args=[user.pk])


def _change(user) -> str:
    return reverse("admin:accounts_user_change", args=[user.pk])


def _delete_all(client, address: str, *keys: int):
    chosen = {"action": "delete_selected", ACTION_CHECKBOX_NAME: keys, "post": "yes"}
    return client.post(address, chosen)


def test_no_account_is_deleted_beside_the_erasure(client, keeper):
    other = person()
    for address in (reverse("admin:accounts_user_delete", args=[other.pk]), LIST):
        assert _delete_all(client, address, other.pk).status_code == 403
    assert _delete_all(client, LIST, keeper.pk).status_code == 403
    assert User.objects.count() == 2
    listed = client.get(LIST).content.decode()
    assert "delete_selected" not in listed
    assert ACTION_CHECKBOX_NAME not in listed
    assert "/delete/" not in client.get(_change(other)).content.decode()


@pytest.mark.parametrize("role", [Role.TEAM, Role.ADMINISTRATOR])
def test_nobody_deletes_anything_in_the_admin(client, role):
    user = person(role)
    sign_in(client, user)
    request = RequestFactory().get("/")
    request.user = user
    for model in MODELS:
        own = admin.site._registry[model]
        assert own.has_delete_permission(request) is False, model
        assert "delete_selected" not in own.get_actions(request), model
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.post(reverse(f"{base}_delete", args=[1]), {"post": "yes"}).status_code in {
            302,  # no such row
            403,
        }, model


def test_of_personal_data_only_a_role_is_taken_away_inside_a_form(keeper):
    request = RequestFactory().get("/")
    request.user = keeper
    inlines = {RoleGrantInline}
    for own in admin.site._registry.values():
        inlines |= set(own.inlines)
    personal = {one for one in inlines if declaration_of(one.model._meta.label)}
    # Through ``role_take``, which says so in the audit.
    assert personal == {RoleGrantInline}


def test_the_team_can_make_a_person_leave_and_says_so(client, keeper):
    other = person(email="part@example.org", display_name="Camille")
    theirs = Client()
    sign_in(theirs, other)
    assert _erase(other) in client.get(_change(other)).content.decode()
    page = client.get(_erase(other)).content.decode()
    assert "part@example.org" in page
    assert "7\xa0jours" in page
    assert "votre adresse et vos mots le sont aussi" in page
    assert not Departure.objects.exists()
    said = client.post(_erase(other), follow=True).content.decode()
    departure = Departure.objects.get(user=other)
    assert "Départ noté" in said
    assert theirs.get(reverse("my_data:home")).status_code == 302  # signed out
    (entry,) = trail(other)
    assert (entry.action, entry.actor) == ("account.leaving", keeper)
    (mail,) = Message.objects.filter(to=other.email)
    assert "L’équipe du COPS a demandé l’effacement de votre compte" in mail.text
    assert "Reconnectez-vous avant" in mail.text
    # A second time, it is the same departure, and the page says when.
    assert "déjà noté" in client.get(_erase(other)).content.decode()
    client.post(_erase(other))
    assert Departure.objects.get() == departure
    assert Message.objects.filter(to=other.email).count() == 1


def test_made_to_leave_a_person_is_erased_as_one_who_asked(client, keeper):
    other = known_person()
    consent_give(user=other, purpose="terms")
    client.post(_erase(other))
    past = timezone.now() - timedelta(days=8)
    Departure.objects.update(asked_at=past, due_at=past + timedelta(days=7))
    assert account_end_departed(departure_pk=Departure.objects.get().pk)
    Message.objects.all().delete()  # the last word, that leaves by itself
    assert traces(CANARY) == []
    assert Erasure.objects.count() == 1
    journal_write()
    assert len(journal_path().read_text().splitlines()) == 1
    assert Consent.objects.filter(user=None).count() == 1  # the proof stays, without the person


def test_a_closed_account_is_told_to_write(client, keeper):
    other = person(is_active=False)
    client.post(_erase(other))
    mail = Message.objects.get(to=other.email)
    assert "Écrivez-nous avant le" in mail.text
    assert "Reconnectez-vous" not in mail.text


def test_an_old_session_proves_again_who_it_is(client):
    sign_in(client, person(Role.ADMINISTRATOR), ago=360)
    other = person()
    for answer in (client.get(_erase(other)), client.post(_erase(other))):
        assert answer["Location"].startswith("/compte/verification/")
    assert not Departure.objects.exists()


@pytest.mark.parametrize(("role", "status"), [(Role.MEMBER, 404), (Role.TEAM, 404)])
def test_it_is_for_administrators_alone(client, role, status):
    sign_in(client, person(role))
    other = person()
    assert client.get(_erase(other)).status_code == status
    assert client.post(_erase(other)).status_code == status
    assert not Departure.objects.exists()


def test_for_oneself_there_is_my_data_which_keeps_the_last_administrator(client, keeper):
    for answer in (client.get(_erase(keeper)), client.post(_erase(keeper))):
        assert answer["Location"] == reverse("my_data:leave")
    assert not Departure.objects.exists()
    assert (
        "la seule personne" in client.post(reverse("my_data:leave"), follow=True).content.decode()
    )


def test_the_last_administrator_who_stays_is_not_made_to_leave(client, keeper):
    other = person(Role.ADMINISTRATOR)
    # The one who asks is leaving too: they asked in another window, a moment ago.
    Departure.objects.create(user=keeper, due_at=timezone.now() + timedelta(days=7))
    said = client.post(_erase(other), follow=True).content.decode()
    assert "Personne d’autre n’administre le portail" in said
    assert not Departure.objects.filter(user=other).exists()


def test_saved_after_its_erasure_an_account_does_not_come_back(keeper):
    other = person()
    number = other.pk
    request = RequestFactory().post("/")
    request.user = keeper
    person_erase(user=User.objects.get(pk=number), scope="asked")
    with pytest.raises(Http404), transaction.atomic():
        admin.site._registry[User].save_model(request, other, None, True)
    assert not User.objects.filter(pk=number).exists()
