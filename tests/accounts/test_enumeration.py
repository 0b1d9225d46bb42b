"""Nobody learns whether an address has an account: same answer, same time (trust.md A1)."""

from __future__ import annotations

import re
import statistics
import time

import pytest
import time_machine
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


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", DOORS)
def test_known_and_unknown_take_the_same_time(door, settings):
    """The median gap over 30 tries, one after the other, is under 10 ms.

    In time of this process, hashing threads included: the clock on the wall also tells what
    else the machine does. What the database does meanwhile is a matter of a few statements.
    """
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    address, data = DOORS[door]
    user = person(email=KNOWN)
    gaps = []
    for number in range(33):
        cache.clear()
        known, unknown = (
            spent(address, data(email)) for email in (user.email, f"inconnue{number}@exemple.fr")
        )
        gaps.append((known[0] - unknown[0], abs(known[1] - unknown[1])))
    settled = gaps[3:]  # the first ones warm everything up
    assert abs(statistics.median(seconds for seconds, _ in settled)) < 0.010
    assert max(statements for _, statements in settled) <= 20


def spent(address: str, data: dict[str, str]) -> tuple[float, int]:
    """Seconds of this process, and statements."""
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        begin = time.process_time()
        client.post(address, data)
        seconds = time.process_time() - begin
    return seconds, len(queries)


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
