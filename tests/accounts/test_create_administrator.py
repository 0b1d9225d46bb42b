"""The first administrator of a portal: from the command line to the first page of the team."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from cops.accounts.enums import Role
from cops.accounts.models import User
from cops.audit import trail
from cops.mail.models import Message
from tests.accounts.people import person

pytestmark = pytest.mark.django_db


def created(*arguments: str) -> str:
    output = io.StringIO()
    call_command("create_administrator", *arguments, stdout=output)
    return output.getvalue()


def test_from_nothing_to_the_choice_of_a_second_factor(client):
    said = created("Direction@Example.org", "--nom", "Direction")
    assert "Compte créé : direction@example.org, administration." in said
    assert reverse("account_request_login_code") in said
    user = User.objects.get()
    assert (user.role, user.is_superuser, user.display_name) == (
        Role.ADMINISTRATOR, True, "Direction",
    )  # fmt: skip
    assert not user.has_usable_password()

    client.post(reverse("account_request_login_code"), {"email": "direction@example.org"})
    code = re.search(r"\b[A-Z0-9]{4}-?[A-Z0-9]{4}\b", Message.objects.get().text)
    assert code is not None
    answer = client.post(reverse("account_confirm_login_code"), {"code": code[0]})
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    # No page of the team, nor of the admin, before the second factor.
    for address in ("/pilotage/", "/admin/"):
        answer = client.get(address, follow=True)
        assert answer.redirect_chain[-1][0].split("?")[0] == reverse("accounts:second_factor")
        assert answer.status_code == 200


def test_an_account_that_exists_gets_the_role_once():
    user = person(email="a@example.org")
    assert "Rôle donné au compte existant" in created("a@example.org")
    created("a@example.org")
    user.refresh_from_db()
    assert user.role == Role.ADMINISTRATOR
    assert [entry.changes for entry in trail(user)] == [{"role": ["member", "administrator"]}]


@pytest.mark.parametrize("address", ["pas une adresse", "admin@demo.invalid", ""])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(CommandError):
        created(address)
    assert not User.objects.exists()
