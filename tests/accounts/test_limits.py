"""How often one may try: by person and by network, whatever the headers claim (trust.md A2, A3)."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from cops.mail.models import Message
from tests.accounts.people import PASSWORD, code_sent_to, person

pytestmark = pytest.mark.django_db

LOGIN = reverse("account_login")
ASK_CODE = reverse("account_request_login_code")
TYPE_CODE = reverse("account_confirm_login_code")
RESET = reverse("account_reset_password")
SIGN_UP = reverse("account_signup")
WRONG = "ce n’est pas le bon"


def from_network(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def test_the_sixth_password_is_refused_even_when_it_is_right(visitor):
    user = person()
    for _ in range(5):
        assert (
            "ne vont pas ensemble"
            in visitor.post(LOGIN, {"login": user.email, "password": WRONG}).text
        )
    page = visitor.post(LOGIN, {"login": user.email, "password": PASSWORD}).text
    assert "il n’ouvre plus ce compte pendant cinq minutes" in page
    assert "avec un code reçu par courriel" in page
    assert not get_user(visitor).is_authenticated


def test_a_victim_locked_out_by_a_stranger_comes_in_by_code(visitor):
    user = person()
    stranger = from_network("203.0.113.7")
    for _ in range(6):
        stranger.post(LOGIN, {"login": user.email, "password": WRONG})
    victim = from_network("198.51.100.9")
    page = victim.post(LOGIN, {"login": user.email, "password": PASSWORD}).text
    assert reverse("account_request_login_code") in page
    assert reverse("mfa_login_webauthn") in page
    victim.post(ASK_CODE, {"email": user.email})
    victim.post(TYPE_CODE, {"code": code_sent_to(user.email)})
    assert get_user(victim) == user


def test_a_forged_header_gives_no_new_tries():
    user = person()
    for number in range(5):
        Client(headers={"x-forwarded-for": f"192.0.2.{number}"}).post(
            LOGIN, {"login": f"a{number}@exemple.fr", "password": WRONG}
        )
    answers = [
        Client(headers={"x-forwarded-for": f"192.0.2.{number}, 10.0.0.1"}).post(
            LOGIN, {"login": f"b{number}@exemple.fr", "password": WRONG}
        )
        for number in range(6)
    ]
    # Ten failures a minute from one network: the eleventh is told to wait.
    assert "il n’ouvre plus ce compte" in answers[5].text
    assert user.email  # nobody was named


def test_behind_a_proxy_only_what_the_proxy_wrote_counts(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        # The visitor forges the first value; the proxy adds the last one.
        Client(headers={"x-forwarded-for": f"192.0.2.{number}, 203.0.113.7"}).post(
            LOGIN, {"login": f"c{number}@exemple.fr", "password": WRONG}
        )
    refused = Client(headers={"x-forwarded-for": "192.0.2.99, 203.0.113.7"}).post(
        LOGIN, {"login": "d@exemple.fr", "password": WRONG}
    )
    free = Client(headers={"x-forwarded-for": "192.0.2.99, 198.51.100.9"}).post(
        LOGIN, {"login": "d@exemple.fr", "password": WRONG}
    )
    assert "il n’ouvre plus ce compte" in refused.text
    assert "ne vont pas ensemble" in free.text


def test_an_address_is_not_flooded_with_codes():
    user = person()
    for number in range(5):
        from_network(f"203.0.113.{number}").post(ASK_CODE, {"email": user.email})
    assert Message.objects.filter(to=user.email).count() == 3
    answers = [
        from_network(f"198.51.100.{number}").post(RESET, {"email": user.email})
        for number in range(4)
    ]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert "Trop d’envois" in answers[3].text
    assert '<html lang="fr">' in answers[3].text


def test_many_accounts_are_not_opened_from_one_network():
    network = "203.0.113.7"
    statuses = [
        from_network(network).post(SIGN_UP, {"email": f"e{n}@exemple.fr"}).status_code
        for n in range(61)
    ]
    assert (set(statuses[:60]), statuses[60]) == ({200}, 429)
    assert from_network("198.51.100.9").post(SIGN_UP, {}).status_code == 200
