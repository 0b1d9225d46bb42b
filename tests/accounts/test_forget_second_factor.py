"""Who lost the second factor and the recovery codes gets in again, and is told."""

from __future__ import annotations

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse

from cops.accounts.enums import Role
from cops.audit import trail
from cops.mail.models import Message
from tests.accounts.people import add_second_factor, person, sign_in

pytestmark = pytest.mark.django_db


def forgotten(address: str) -> str:
    output = io.StringIO()
    call_command("forget_second_factor", address, stdout=output)
    return output.getvalue()


def test_it_is_taken_away_told_and_asked_for_again(client):
    user = person(Role.TEAM, email="equipe@example.org")
    assert Authenticator.objects.filter(user=user).exists()
    assert "Second facteur retiré : equipe@example.org." in forgotten(" Equipe@example.org ")
    assert not Authenticator.objects.filter(user=user).exists()
    [message] = Message.objects.all()
    assert message.to == "equipe@example.org"
    assert message.subject == "Votre second facteur a été retiré"
    [entry] = trail(user)
    assert (entry.action, entry.changes) == (
        "account.second_factor_forgotten",
        {"second_factor": ["totp", ""]},
    )
    sign_in(client, user)
    assert client.get("/pilotage/").url.split("?")[0] == reverse("accounts:second_factor")


def test_its_sessions_are_closed(client):
    user = person(Role.TEAM, email="equipe@example.org")
    sign_in(client, user)
    assert client.get("/pilotage/").status_code == 200
    forgotten("equipe@example.org")
    assert client.get("/pilotage/").url.split("?")[0] == reverse("account_login")


def test_another_person_keeps_theirs():
    person(Role.TEAM, email="a@example.org")
    other = person(email="b@example.org")
    add_second_factor(other)
    forgotten("a@example.org")
    assert Authenticator.objects.filter(user=other).exists()


@pytest.mark.parametrize("address", ["personne@example.org", "membre@example.org"])
def test_nothing_to_take_away_is_said(address):
    person(email="membre@example.org")
    with pytest.raises(CommandError):
        forgotten(address)
