"""Accounts in the admin: administrators alone, by address and role."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from cops.accounts.enums import Role
from cops.accounts.models import User
from cops.accounts.permissions import RoleBackend
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
