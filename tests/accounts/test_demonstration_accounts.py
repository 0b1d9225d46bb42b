from __future__ import annotations

import io
import re

import pytest
from django.contrib.auth import get_user
from django.core.management import CommandError, call_command
from django.urls import reverse

from cops.accounts.checks import no_account_of_the_demonstration, second_factors_are_asked
from cops.accounts.demonstration import PASSWORD
from cops.accounts.enums import Role
from cops.accounts.models import User
from cops.accounts.pages import home_of
from cops.mail.models import Message
from tests.accounts.people import code_sent_to, sign_in

pytestmark = pytest.mark.django_db

LINES = """\
Comptes de démonstration (mot de passe : partenaires-de-demonstration)
  admin@demo.invalid   Administrateur
  team@demo.invalid    Équipe COPS
  member@demo.invalid  Membre
Les deux premiers demandent un code en plus, affiché ici : \
http://localhost:8000/compte/demonstration/
"""


def run() -> str:
    output = io.StringIO()
    call_command("demonstration_accounts", stdout=output)
    return output.getvalue()


def test_accounts_are_made_once_and_told_each_time():
    assert [run(), run()] == [LINES, LINES]
    assert list(User.objects.values_list("email", "role").order_by("pk")) == [
        ("admin@demo.invalid", Role.ADMINISTRATOR),
        ("team@demo.invalid", Role.TEAM),
        ("member@demo.invalid", Role.MEMBER),
    ]
    assert all(user.check_password("partenaires-de-demonstration") for user in User.objects.all())


def test_what_was_changed_is_kept():
    run()
    team = User.objects.get(email="team@demo.invalid")
    team.set_password("une autre phrase bien longue")
    team.save()

    assert run() == LINES.replace("Équipe COPS", "Équipe COPS, mot de passe changé depuis")


def test_production_has_none(settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="n’existent que dans la démonstration"):
        run()
    assert not User.objects.exists()


def test_a_newcomer_comes_in_with_what_is_printed(client):
    run()
    page = client.get(reverse("accounts:demonstration_code")).text
    code = re.search(r"team@demo\.invalid.*?<code[^>]*>(\d{6})</code>", page, re.DOTALL)[1]
    data = {"login": "team@demo.invalid", "password": PASSWORD}
    client.post(reverse("account_login"), data)
    answer = client.post(reverse("mfa_authenticate"), {"code": code})
    assert answer["Location"] == home_of(User.objects.get(email="team@demo.invalid"))
    assert client.get("/admin/").status_code == 200


def test_outside_the_demonstration_such_an_account_is_nobody(client, settings):
    run()
    user = User.objects.get(email="member@demo.invalid")
    sign_in(client, user)
    assert client.get(reverse("accounts:home")).status_code == 200
    settings.DEMONSTRATION = False
    assert client.get(reverse("accounts:home")).status_code == 302
    assert client.get(reverse("accounts:demonstration_code")).status_code == 404
    data = {"login": user.email, "password": PASSWORD}
    assert "ne vont pas ensemble" in client.post(reverse("account_login"), data).text
    client.post(reverse("account_request_login_code"), {"email": user.email})
    if Message.objects.filter(to=user.email).exists():
        code = code_sent_to(user.email)
        answer = client.post(reverse("account_confirm_login_code"), {"code": code})
        assert answer["Location"] == reverse("account_inactive")
    assert not get_user(client).is_authenticated


@pytest.mark.parametrize("email", ["x@demo.invalid", "X@DEMO.INVALID", "x@sous.demo.invalid"])
def test_outside_the_demonstration_nobody_signs_up_with_such_an_address(client, settings, email):
    settings.DEMONSTRATION = False
    page = client.post(reverse("account_signup"), {"email": email, "terms": "on"}).text
    assert "réservée à la démonstration" in page
    assert not User.objects.exists()


def test_a_deployment_with_such_an_account_is_refused(settings):
    run()
    settings.DEMONSTRATION = False
    assert [fault.id for fault in no_account_of_the_demonstration(None)] == ["cops.E030"]
    User.objects.all().delete()
    assert list(no_account_of_the_demonstration(None)) == []


def test_a_deployment_without_the_guard_of_the_team_s_rooms_is_refused(settings):
    assert list(second_factors_are_asked(None)) == []
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "SecondFactor" not in name]
    settings.MFA_TOTP_TOLERANCE = 1
    assert [fault.id for fault in second_factors_are_asked(None)] == ["cops.E031", "cops.E032"]
