"""Nobody learns whether an address has an account: same answer, same work (trust.md A1)."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cops.accounts.models import User
from cops.mail.models import Message
from tests.accounts.people import PASSWORD, person

KNOWN = "connue@exemple.fr"

# The address posted, and the page that follows.
DOORS = {
    "sign-up": (
        reverse("account_signup"),
        lambda email: {"email": email, "terms": "on", "password1": PASSWORD},
    ),
    "login": (
        reverse("account_login"),
        lambda email: {"login": email, "password": "ce n’est pas le bon"},
    ),
    "code": (reverse("account_request_login_code"), lambda email: {"email": email}),
    "reset": (reverse("account_reset_password"), lambda email: {"email": email}),
}
NEXT = {
    "sign-up": reverse("account_email_verification_sent"),
    "code": reverse("account_confirm_login_code"),
    "reset": reverse("account_confirm_password_reset_code"),
}


def seen(door: str, email: str) -> tuple[object, ...]:
    """All that a visitor sees of posting this address, then typing a wrong code."""
    address, data = DOORS[door]
    client = Client()
    answer = client.post(address, data(email))
    pages = [answer]
    if door in NEXT:
        assert answer["Location"] == NEXT[door]
        pages += [client.get(NEXT[door]), client.post(NEXT[door], {"code": "BBBB-BBBB"})]
    return tuple(
        (page.status_code, page.get("Location"), sorted(page.cookies), plain(page.text, email))
        for page in pages
    )


def plain(text: str, email: str) -> str:
    """The page without what differs at each request, and without the address itself."""
    return re.sub(r'value="\w{64}"', "", text).replace(email, "ADRESSE")


@pytest.mark.django_db
@pytest.mark.parametrize("door", DOORS)
def test_known_and_unknown_see_the_same(door):
    person(email=KNOWN)
    assert seen(door, KNOWN) == seen(door, "inconnue@exemple.fr")


@pytest.mark.django_db
def test_a_stranger_gets_no_mail_and_an_owner_is_told():
    person(email=KNOWN)
    for door in ("code", "reset", "login"):
        seen(door, "inconnue@exemple.fr")
    assert not Message.objects.exists()
    seen("sign-up", KNOWN)
    mail = Message.objects.get()
    assert (mail.to, mail.subject) == (KNOWN, "Vous avez déjà un compte")
    assert User.objects.count() == 1


class CountedHasher(MD5PasswordHasher):
    """What takes time at a door, by far: hashing. How often it was done."""

    times = 0

    def encode(self, password: str, salt: str) -> str:
        CountedHasher.times += 1
        return super().encode(password, salt)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", DOORS)
def test_known_and_unknown_ask_for_the_same_work(door, settings):
    """As many passwords hashed, and as many statements but for a few.

    How long each takes is measured by ``make bench ONLY=accounts``.
    """
    settings.PASSWORD_HASHERS = [f"{__name__}.{CountedHasher.__qualname__}"]
    person(email=KNOWN)
    known, unknown = (work(door, email) for email in (KNOWN, "inconnue@exemple.fr"))
    assert known[0] == unknown[0] == (1 if door in {"sign-up", "login"} else 0)
    assert abs(known[1] - unknown[1]) <= 20


def work(door: str, email: str) -> tuple[int, int]:
    """Passwords hashed, and statements."""
    address, data = DOORS[door]
    before = CountedHasher.times
    with CaptureQueriesContext(connection) as queries:
        Client().post(address, data(email))
    return CountedHasher.times - before, len(queries)


@pytest.mark.django_db
def test_an_owner_is_told_once_an_hour_whoever_insists():
    person(email=KNOWN)
    with time_machine.travel("2026-11-26T10:05:00+01:00", tick=False) as clock:
        for _ in range(3):
            cache.clear()
            seen("sign-up", KNOWN)
        assert Message.objects.count() == 1
        clock.shift(3600)
        seen("sign-up", KNOWN)
    keys = list(Message.objects.order_by("pk").values_list("dedupe_key", flat=True))
    assert len(keys) == 2
    assert not any(KNOWN in key for key in keys)
