"""« Sudo »: a session left open changes nothing important (trust.md A5)."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import path, reverse

from cops import urls as portal
from cops.accounts.perms import sudo_required
from cops.mail.models import Message
from tests.accounts.people import PASSWORD, add_second_factor, code_sent_to, person, sign_in

pytestmark = pytest.mark.django_db

TWO_HOURS = 7_200
ASK = reverse("account_request_reauthentication_code")
TYPE = reverse("account_confirm_reauthentication_code")
EMAIL = reverse("account_email")


@sudo_required
def dangerous(request):
    from django.http import HttpResponse

    return HttpResponse(f"{request.method} {request.POST.get('mot', '')}")


urlpatterns = [*portal.urlpatterns, path("danger/", dangerous, name="danger")]
handler400, handler403 = portal.handler400, portal.handler403
handler404, handler500 = portal.handler404, portal.handler500


def password_only():
    return person()


def code_only():
    return person(password=None)


def with_application():
    user = person()
    add_second_factor(user)
    return user


def with_passkey():
    user = person(password=None)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé"})
    return user


KINDS = {
    password_only: ASK,
    code_only: ASK,
    with_application: reverse("mfa_reauthenticate"),
    with_passkey: reverse("mfa_reauthenticate_webauthn"),
}
SENSITIVE = [
    EMAIL,
    reverse("account_change_password"),
    reverse("account_set_password"),
    reverse("mfa_activate_totp"),
    reverse("mfa_deactivate_totp"),
    reverse("mfa_generate_recovery_codes"),
    reverse("mfa_add_webauthn"),
    reverse("socialaccount_connections"),
    "/danger/",
]


@pytest.mark.parametrize("address", SENSITIVE)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_session_of_two_hours_ago_is_asked_for_a_proof(client, settings, kind, address):
    settings.ROOT_URLCONF = __name__
    user = kind()
    sign_in(client, user, ago=TWO_HOURS)
    answer = client.get(address)
    if answer.status_code == 404:
        assert address == reverse("mfa_deactivate_totp")  # nothing to take away
        return
    assert answer.status_code == 302
    assert answer["Location"].partition("?")[0] == KINDS[kind]


@pytest.mark.parametrize("address", SENSITIVE)
def test_a_fresh_sign_in_is_a_proof(client, settings, address):
    settings.ROOT_URLCONF = __name__
    user = person()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    answer = client.get(address, follow=True)
    assert "Confirmez que c’est bien vous" not in answer.text


def test_anonymous_is_sent_to_the_door(client, settings):
    settings.ROOT_URLCONF = __name__
    answer = client.get("/danger/")
    assert (answer.status_code, answer["Location"]) == (302, "/compte/connexion/?next=/danger/")


def test_what_was_posted_goes_on_after_the_code(client, settings):
    settings.ROOT_URLCONF = __name__
    user = person(password=None)
    sign_in(client, user, ago=TWO_HOURS)
    answer = client.post("/danger/", {"mot": "gardé"})
    assert answer["Location"] == f"{ASK}?next=%2Fdanger%2F"
    page = client.get(answer["Location"])
    assert user.email in page.text
    client.post(ASK, {"recipient": user.email, "next": "/danger/"})
    mail = Message.objects.get()
    assert mail.subject == "Votre code pour confirmer que c’est bien vous"
    answer = client.post(TYPE, {"code": code_sent_to(user.email), "next": "/danger/"})
    assert answer.text == "POST gardé"
    assert client.get("/danger/").text == "GET "


def test_the_code_goes_to_ones_own_address_alone(client):
    sign_in(client, person(password=None), ago=TWO_HOURS)
    client.post(ASK, {"recipient": "voleur@exemple.fr"})
    assert not Message.objects.exists()


def test_a_member_may_also_prove_by_password_or_application(client, settings):
    settings.ROOT_URLCONF = __name__
    user = with_application()
    sign_in(client, user, ago=TWO_HOURS)
    page = client.get(reverse("mfa_reauthenticate") + "?next=/danger/").text
    assert "Avec un code reçu par courriel" in page
    assert "Avec votre mot de passe" in page
    answer = client.post(
        reverse("account_reauthenticate"), {"password": PASSWORD, "next": "/danger/"}
    )
    assert answer["Location"] == "/danger/"
    assert client.get("/danger/").status_code == 200


def test_the_code_of_the_application_serves_once(client, settings, time_machine):
    settings.ROOT_URLCONF = __name__
    user = with_application()
    time_machine.move_to(1_795_000_005, tick=False)
    secret = decrypt(Authenticator.objects.get(user=user).data["secret"])
    code = format_hotp_value(hotp_value(secret, 1_795_000_005 // 30))
    address = reverse("mfa_reauthenticate")

    def prove() -> bool:
        visitor = Client()
        sign_in(visitor, user, ago=TWO_HOURS)
        visitor.post(address, {"code": code})
        return visitor.get("/danger/").status_code == 200

    assert prove()
    time_machine.shift(1)
    assert not prove()
    time_machine.shift(31)
    assert not prove()


def test_the_address_changes_after_a_code_to_the_new_one(client):
    user = person(email="avant@exemple.fr")
    sign_in(client, user)
    answer = client.post(EMAIL, {"email": "apres@exemple.fr", "action_add": "1"})
    assert answer["Location"] == reverse("account_email_verification_sent")
    user.refresh_from_db()
    assert user.email == "avant@exemple.fr"
    client.post(answer["Location"], {"code": code_sent_to("apres@exemple.fr")})
    user.refresh_from_db()
    assert user.email == "apres@exemple.fr"
    assert [one.email for one in EmailAddress.objects.all()] == ["apres@exemple.fr"]
    told = Message.objects.filter(to="avant@exemple.fr").latest("pk")
    assert told.subject == "L’adresse de votre compte a été changée"
    assert "apres@exemple.fr" in told.text


def test_the_address_of_somebody_else_is_not_taken(client):
    person(email="autre@exemple.fr")
    user = person(email="avant@exemple.fr")
    sign_in(client, user)
    answer = client.post(EMAIL, {"email": "autre@exemple.fr", "action_add": "1"}, follow=True)
    assert "Nous venons d’envoyer un code" in answer.text
    client.post(
        reverse("account_email_verification_sent"), {"code": code_sent_to("autre@exemple.fr")}
    )
    user.refresh_from_db()
    assert user.email == "avant@exemple.fr"


def test_a_new_password_waits_nowhere(client):
    user = person()
    sign_in(client, user, ago=TWO_HOURS)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "une phrase jamais écrite"},
    )
    assert "jamais écrite" not in str([row.get_decoded() for row in Session.objects.all()])


def test_a_new_password_closes_every_session(client):
    user = person()
    sign_in(client, user)
    elsewhere = Client()
    sign_in(elsewhere, user)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "une tout autre phrase"},
    )
    assert [one.get(reverse("accounts:home")).status_code for one in (client, elsewhere)] == [
        302,
        302,
    ]
    assert Message.objects.get().subject == "Votre mot de passe a été changé"
