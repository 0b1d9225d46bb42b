"""The doors of the account: is a known address answered as soon as an unknown one (trust.md A1)?

Hashing is left out of it: each side hashes as often, which a test counts
(tests/accounts/test_enumeration.py), and its time varies by several times what is looked for.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse

from tests.benchmarks.measure import Line, bound, measure

TRIES = 30
WARM = 3  # the first ones read what is read once in a process
APART = 10  # milliseconds, the median of the tries
KNOWN = "mesure-connue@exemple.fr"
QUICK = "django.contrib.auth.hashers.MD5PasswordHasher"
PASSWORD = "une phrase assez longue"

DOORS = {
    "sign-up": ("account_signup", lambda email: {
        "email": email, "terms": "on", "password1": PASSWORD}),
    "login": ("account_login", lambda email: {"login": email, "password": "pas le bon"}),
    "code": ("account_request_login_code", lambda email: {"email": email}),
    "reset": ("account_reset_password", lambda email: {"email": email}),
}  # fmt: skip


def _answered(address: str, data: dict[str, str]) -> float:
    """Milliseconds to the answer."""
    cache.clear()  # no limit is reached: each try is a first one
    client = Client(headers={"host": "localhost"})
    begin = time.perf_counter()
    answer = client.post(address, data)
    spent = (time.perf_counter() - begin) * 1000
    assert answer.status_code in (200, 302, 422), answer.status_code
    return spent


def _apart(name: str) -> float:
    """The median gap between a known and an unknown address, one after the other."""
    view, data = DOORS[name]
    address = reverse(view)
    gaps = []
    for number in range(WARM + TRIES):
        asked = [KNOWN, f"mesure-inconnue-{name}-{number}@exemple.fr"]
        # Each comes first every other time.
        order = asked if number % 2 else asked[::-1]
        spent = {email: _answered(address, data(email)) for email in order}
        gaps.append(spent[asked[0]] - spent[asked[1]])
    return abs(statistics.median(gaps[WARM:]))


@measure("accounts")
def accounts() -> Iterator[Line]:
    users = get_user_model().objects
    try:
        users.create_user(email=KNOWN, password=PASSWORD)
        for name in DOORS:
            with override_settings(PASSWORD_HASHERS=[QUICK]):
                apart = _apart(name)
            yield bound(f"accounts {name}, known or not", figure=apart, target=APART, unit="ms")
    finally:
        users.filter(email__startswith="mesure-").delete()
