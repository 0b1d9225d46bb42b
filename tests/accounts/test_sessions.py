"""Sessions: seen, closed, short for the team; nothing stays on a shared computer (trust.md A7)."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from cops.accounts.enums import Role
from tests.accounts.people import PASSWORD, person, sign_in

pytestmark = pytest.mark.django_db

LOGIN = reverse("account_login")
LIST = reverse("usersessions_list")
HOME = reverse("accounts:home")
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0"


def enter(user, **headers) -> Client:
    client = Client(headers=headers, REMOTE_ADDR="203.0.113.77")
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    return client


def test_sessions_are_listed_with_words_and_closed_one_by_one():
    user = person()
    here, there = enter(user), enter(user, **{"user-agent": FIREFOX})
    page = here.get(LIST).text
    assert "Firefox sur Windows" in page
    assert page.count("cet appareil") == 1
    other = UserSession.objects.get(user_agent=FIREFOX)
    assert other.ip == "203.0.113.0"  # a network, not a machine
    here.post(reverse("accounts:close_session", args=[other.pk]))
    assert (here.get(HOME).status_code, there.get(HOME).status_code) == (200, 302)


def test_all_the_others_are_closed_at_once():
    user = person()
    here, *others = (enter(user) for _ in range(3))
    here.post(LIST)
    assert here.get(HOME).status_code == 200
    assert {other.get(HOME).status_code for other in others} == {302}


def test_nobody_closes_the_session_of_somebody_else():
    victim = enter(person())
    session = UserSession.objects.get()
    thief = enter(person())
    thief.post(reverse("accounts:close_session", args=[session.pk]))
    assert victim.get(HOME).status_code == 200


def test_a_session_closed_twice_is_no_fault(client):
    sign_in(client, person())
    answer = client.post(reverse("accounts:close_session", args=[10**9]))
    assert answer["Location"] == LIST


def test_the_key_changes_when_one_comes_in(client):
    user = person()
    client.get(LOGIN)
    client.post(reverse("account_request_login_code"), {"email": user.email})
    before = client.session.session_key
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    sign_in(client, user)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("role", "seconds"),
    [(Role.MEMBER, 14 * 86_400), (Role.TEAM, 86_400), ("administrator", 86_400)],
)
def test_a_day_for_the_team_a_fortnight_for_members(client, role, seconds):
    sign_in(client, person(role))
    assert client.session.get_expiry_age() == seconds


def test_a_day_too_for_a_team_member_who_has_no_second_factor_yet(client):
    from allauth.mfa.models import Authenticator

    user = person(Role.TEAM)
    Authenticator.objects.all().delete()
    client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert client.session.get_expiry_age() == 86_400


def test_leaving_clears_the_browser_and_opens_no_new_session(client):
    sign_in(client, person())
    assert client.get(HOME)["Cache-Control"] == "no-store"
    answer = client.post(reverse("account_logout"))
    assert answer["Location"] == reverse("accounts:signed_out")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(HOME).status_code == 302
    page = client.get(answer["Location"])
    assert "À bientôt" in page.text
    assert [cookie.value for cookie in page.cookies.values() if cookie.value] == []


def test_nothing_is_closed_by_a_link(client):
    sign_in(client, person())
    assert "Me déconnecter" in client.get(reverse("account_logout")).text
    assert client.get(HOME).status_code == 200
