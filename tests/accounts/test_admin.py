"""Accounts in the admin: administrators alone, by address and role."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from cops.accounts.enums import Role
from cops.accounts.models import User
from cops.accounts.permissions import RoleBackend
from cops.audit import trail
from tests.accounts.people import PASSWORD, person, sign_in

pytestmark = pytest.mark.django_db

LIST = reverse("admin:accounts_user_changelist")
ADD = reverse("admin:accounts_user_add")


def signed_in(role: Role) -> tuple[Client, User]:
    user = person(role)
    client = Client()
    sign_in(client, user)
    return client, user


def test_an_administrator_adds_a_person_under_one_spelling():
    client, _ = signed_in(Role.ADMINISTRATOR)
    data = {
        "email": "Marie@Exemple.FR",
        "display_name": "Une personne",
        "role": "team",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    assert client.post(ADD, data).status_code == 302
    added = User.objects.get(email="marie@exemple.fr")
    assert (added.role, added.is_staff, added.is_superuser) == (Role.TEAM, True, False)
    assert added.check_password(PASSWORD)
    again = client.post(ADD, data)
    assert "Un compte existe déjà avec cette adresse." in again.content.decode()


def test_nobody_changes_their_own_role():
    client, user = signed_in(Role.ADMINISTRATOR)
    url = reverse("admin:accounts_user_change", args=[user.pk])
    client.post(url, {"email": user.email, "display_name": "Moi", "role": "member"})
    user.refresh_from_db()
    assert (user.display_name, user.role, user.is_active) == ("Moi", Role.ADMINISTRATOR, True)


def test_the_team_does_not_see_accounts():
    client, _ = signed_in(Role.TEAM)
    assert client.get(LIST).status_code == 403
    assert client.get(ADD).status_code == 403
    assert LIST not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("role", "active", "perm", "expected"),
    [
        (Role.TEAM, True, "resources.change_resource", True),
        (Role.TEAM, False, "resources.change_resource", False),
        (Role.TEAM, True, "accounts.view_user", False),
        (Role.TEAM, True, "resourcesx.change_resource", False),
        (Role.MEMBER, True, "resources.view_resource", False),
        (Role.ADMINISTRATOR, True, "accounts.delete_user", True),
    ],
)
def test_has_perm(role, active, perm, expected):
    user = User.objects.create_user("a@exemple.fr", PASSWORD, role=role, is_active=active)
    assert user.has_perm(perm) is expected


def test_the_backend_gives_no_right_to_a_stranger():
    from django.contrib.auth.models import AnonymousUser

    assert RoleBackend().has_perm(AnonymousUser(), "resources.view_resource") is False
    assert RoleBackend().has_module_perms(AnonymousUser(), "resources") is False


def test_an_account_is_changed_by_hand_after_a_proof_alone():
    client, user = Client(), person(Role.ADMINISTRATOR)
    sign_in(client, user, ago=7_200)
    other = person()
    for name in ("change", "password_change"):
        address = reverse("admin:accounts_user_change", args=[other.pk])
        if name == "password_change":
            address = reverse("admin:auth_user_password_change", args=[other.pk])
        answer = client.get(address)
        assert answer["Location"].startswith("/compte/verification/"), name
        assert client.post(address, {"role": "administrator"})["Location"] == address, name
    other.refresh_from_db()
    assert other.role == Role.MEMBER


def test_a_change_by_hand_is_told_and_a_new_address_waits_to_be_verified():
    client, admin = signed_in(Role.ADMINISTRATOR)
    other = person(email="avant@exemple.fr")
    address = reverse("admin:accounts_user_change", args=[other.pk])
    client.post(address, {"email": "apres@exemple.fr", "role": "team", "is_active": "on"})
    assert [(one.email, one.verified) for one in EmailAddress.objects.filter(user=other)] == [
        ("apres@exemple.fr", False)
    ]
    entry = trail(other)[0]
    assert (entry.action, entry.actor) == ("account.changed", admin)
    assert entry.changes == {"role": ["member", "team"], "email": ["", ""]}


def test_ones_own_password_is_changed_on_our_page():
    client, _ = signed_in(Role.ADMINISTRATOR)
    answer = client.get(reverse("admin:password_change"))
    assert answer["Location"] == reverse("account_change_password")
