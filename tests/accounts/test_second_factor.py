"""The second factor: compulsory for the team, one's own choice for the others (trust.md A4, A6)."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cops.accounts.enums import Role
from cops.mail.models import Message
from tests.accounts.people import PASSWORD, add_second_factor, code_sent_to, person, sign_in

pytestmark = pytest.mark.django_db

LOGIN = reverse("account_login")
AUTHENTICATE = reverse("mfa_authenticate")
ACTIVATE = reverse("mfa_activate_totp")
ENROL = reverse("accounts:second_factor")
GUARDED = ["/pilotage/", "/admin/", "/admin/login/", "/admin/resources/resource/"]


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def without_factor(role: str):
    user = person(role)
    Authenticator.objects.all().delete()
    return user


@pytest.mark.parametrize("address", GUARDED)
@pytest.mark.parametrize("role", [Role.TEAM, Role.ADMINISTRATOR])
def test_without_a_second_factor_the_team_gets_the_page_to_enrol(client, role, address):
    sign_in(client, without_factor(role))
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{ENROL}?next=")
    page = client.get(answer["Location"]).text
    assert ACTIVATE in page
    assert reverse("mfa_add_webauthn") in page


@pytest.mark.parametrize("address", GUARDED)
def test_a_session_opened_without_it_is_asked_for_it(client, address):
    user = person(Role.TEAM)
    sign_in(client, user, second_factor=False)
    answer = client.get(address, follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("mfa_reauthenticate"))
    assert "Le code de votre application" in answer.text


@pytest.mark.parametrize("address", GUARDED)
def test_the_team_s_rooms_do_not_exist_for_a_member(client, address):
    user = person()
    add_second_factor(user)
    sign_in(client, user)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", GUARDED)
@pytest.mark.parametrize("method", ["get", "post"])
def test_anonymous_is_sent_to_our_own_door(client, method, address):
    answer = getattr(client, method)(address, {"username": "a", "password": "b"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{LOGIN}?next=")


def test_the_form_of_the_admin_lets_nobody_in(client):
    user = person(Role.ADMINISTRATOR)
    data = {"username": user.email, "password": PASSWORD, "next": "/admin/"}
    for _ in range(12):
        assert client.post("/admin/login/", data)["Location"].startswith(LOGIN)
    assert not get_user(client).is_authenticated


def test_a_password_alone_does_not_open_the_account(client):
    user = person()
    secret = add_second_factor(user)
    answer = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert answer["Location"] == AUTHENTICATE
    assert not get_user(client).is_authenticated
    assert client.post(AUTHENTICATE, {"code": "000000"}).status_code == 200
    client.post(AUTHENTICATE, {"code": code_of(secret)})
    assert get_user(client) == user


def test_a_code_by_mail_does_not_open_it_alone_either(client):
    user = person()
    add_second_factor(user)
    client.post(reverse("account_request_login_code"), {"email": user.email})
    answer = client.post(reverse("account_confirm_login_code"), {"code": code_sent_to(user.email)})
    assert answer["Location"] == AUTHENTICATE


def test_twenty_wrong_codes_of_the_application_are_stopped(client):
    user = person()
    secret = add_second_factor(user)
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    pages = [client.post(AUTHENTICATE, {"code": "000000"}).text for _ in range(20)]
    assert "Ce n’est pas le bon code" in pages[0]
    assert "Trop d’essais" in pages[-1]
    # An application shows a new one by itself: nothing is to be asked for.
    assert "demandez" not in pages[-1]
    client.post(AUTHENTICATE, {"code": code_of(secret)})
    assert not get_user(client).is_authenticated


@pytest.mark.django_db(transaction=True)
def test_enrolling_opens_the_team_s_rooms_at_once_and_shows_the_recovery_codes(client):
    sign_in(client, without_factor(Role.TEAM))
    page = client.get(ACTIVATE).text
    secret = re.search(r'class="secret">(\w+)<', page)[1]
    assert 'src="data:image/svg+xml;base64,' in page
    answer = client.post(ACTIVATE, {"code": code_of(secret)})
    codes = reverse("mfa_view_recovery_codes")
    assert answer["Location"] == codes
    shown = re.findall(r"<code>(\d{8})</code>", client.get(codes).text)
    assert len(shown) == 10
    assert "ne s’affichent pas deux fois" in client.get(codes).text
    assert client.get("/admin/").status_code == 200


def test_a_recovery_code_serves_once(client):
    user = without_factor(Role.TEAM)
    sign_in(client, user)
    secret = re.search(r'class="secret">(\w+)<', client.get(ACTIVATE).text)[1]
    client.post(ACTIVATE, {"code": code_of(secret)})
    page = client.get(reverse("mfa_view_recovery_codes")).text
    spare = re.findall(r"<code>(\d{8})</code>", page)

    def come_in() -> bool:
        visitor = Client()
        visitor.post(LOGIN, {"login": user.email, "password": PASSWORD})
        visitor.post(AUTHENTICATE, {"code": spare[0]})
        return get_user(visitor).is_authenticated

    assert [come_in(), come_in()] == [True, False]


def test_a_factor_added_or_taken_away_is_told_by_mail(client, django_capture_on_commit_callbacks):
    user = person()
    sign_in(client, user)
    secret = re.search(r'class="secret">(\w+)<', client.get(ACTIVATE).text)[1]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(ACTIVATE, {"code": code_of(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    assert [mail.subject for mail in Message.objects.filter(to=user.email).order_by("pk")] == [
        "Une application de codes protège votre compte",
        "L’application de codes ne protège plus votre compte",
    ]
    assert not Authenticator.objects.exists()  # recovery codes go with the last factor


def test_no_seed_lies_in_clear_in_the_database(client):
    user = without_factor(Role.TEAM)
    sign_in(client, user)
    secret = re.search(r'class="secret">(\w+)<', client.get(ACTIVATE).text)[1]
    client.post(ACTIVATE, {"code": code_of(secret)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(data::text, ' ') FROM mfa_authenticator")
        kept = cursor.fetchone()[0]
    assert secret not in kept
    assert kept.count("gAAAA") == 2  # two Fernet tokens: the application, the recovery codes


@pytest.mark.parametrize(
    "credential",
    ["", "5", "[]", "{}", '{"id": 1}', '{"id": "a", "rawId": "b", "response": {"c": "é"}}', "{"],
)
@pytest.mark.parametrize("name", ["mfa_login_webauthn", "mfa_add_webauthn"])
def test_a_passkey_that_is_none_is_refused_in_words(visitor, name, credential):
    address = reverse(name)
    if name == "mfa_add_webauthn":
        sign_in(visitor, person())
        visitor.get(address)
    else:
        visitor.get(address, headers={"accept": "application/json"})
    answer = visitor.post(address, {"credential": credential})
    assert answer.status_code in {200, 302}
    assert not Authenticator.objects.exists()
