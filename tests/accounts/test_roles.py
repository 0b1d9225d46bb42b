"""Roles that apps add: registered, given by an administrator, asked for by a view."""

from __future__ import annotations

import pytest
from django.http import Http404, HttpResponse
from django.urls import reverse

from cops.accounts import roles
from cops.accounts.enums import Role
from cops.accounts.models import RoleGrant
from cops.accounts.perms import administrator_required, role_required, team_required
from cops.accounts.services.roles import UnknownRole, role_give, role_take
from cops.audit import trail
from tests.accounts.people import person, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    monkeypatch.setattr(roles, "_roles", {})
    return roles.register_role("reader", "Lecteur", "Lit les expériences proposées.")


def answer_of(view, rf, client, user):
    """What the view answers to this person, as 404 when it does not exist for them."""
    request = rf.get("/page/")
    if user is not None:
        sign_in(client, user)
        request.session = client.session
        request.user = user
    else:
        from django.contrib.auth.models import AnonymousUser

        request.user = AnonymousUser()
    try:
        return view(request).status_code
    except Http404:
        return 404


def test_a_role_is_given_once_taken_back_and_told(reader):
    user, admin = person(), person(Role.ADMINISTRATOR)
    grant = role_give(user=user, role="reader", by=admin)
    assert role_give(user=user, role="reader", by=admin) == grant
    assert user.has_role("reader")
    assert [role_take(user=user, role="reader", by=admin) for _ in range(2)] == [True, False]
    assert not user.has_role("reader")
    assert [entry.action for entry in trail(user)] == ["account.role_taken", "account.role_given"]


def test_an_unknown_role_is_not_given():
    with pytest.raises(UnknownRole):
        role_give(user=person(), role="nulle", by=None)


@pytest.mark.parametrize("key", ["", "A", "à", "-a", "a b"])
def test_a_key_is_a_slug(key):
    with pytest.raises(ValueError, match="is named like"):
        roles.register_role(key, "x", "y")


def test_two_apps_do_not_share_a_key():
    with pytest.raises(ValueError, match="two apps"):
        roles.register_role("reader", "Autre", "Autre.")


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("anonymous", (302, 302, 302)),
        ("member", (404, 404, 404)),
        ("reader", (404, 404, 200)),
        ("team", (200, 404, 200)),
        ("administrator", (200, 200, 200)),
    ],
)
def test_who_enters_what(rf, client, who, expected):
    user = None
    if who != "anonymous":
        user = person(who if who in Role.values else Role.MEMBER)
    if who == "reader":
        role_give(user=user, role="reader", by=None)

    def view(request):
        return HttpResponse("ok")

    guards = (team_required, administrator_required, role_required("reader"))
    assert tuple(answer_of(guard(view), rf, client, user) for guard in guards) == expected


def test_an_administrator_gives_and_takes_a_role_in_the_admin(client):
    admin, user = person(Role.ADMINISTRATOR), person()
    sign_in(client, admin)
    address = reverse("admin:accounts_user_change", args=[user.pk])
    base = {"email": user.email, "display_name": "", "role": "member", "is_active": "on"}
    rows = {"role_grants-TOTAL_FORMS": "1", "role_grants-INITIAL_FORMS": "0"}
    new = {"role_grants-0-role": "reader", "role_grants-0-user": str(user.pk)}
    assert client.post(address, base | rows | new).status_code == 302
    grant = RoleGrant.objects.get()
    assert (grant.user, grant.role, grant.given_by) == (user, "reader", admin)
    gone = {
        "role_grants-INITIAL_FORMS": "1",
        "role_grants-0-id": str(grant.pk),
        "role_grants-0-DELETE": "on",
    }
    assert client.post(address, base | rows | new | gone).status_code == 302
    assert not RoleGrant.objects.exists()
