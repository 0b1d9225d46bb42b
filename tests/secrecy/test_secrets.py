"""Secrets of addresses: drawn at random, kept as what cannot be turned back."""

import re

import pytest

from cops.secrets import digest, digests, random_name


def test_names_are_twenty_two_letters_and_never_the_same():
    names = {random_name() for _ in range(500)}
    assert len(names) == 500
    assert all(re.fullmatch(r"[0-9A-Za-z]{22}", name) for name in names)


def test_a_digest_hides_its_secret_and_depends_on_its_purpose(settings):
    one, other = digest("secret", purpose="a"), digest("secret", purpose="b")
    assert re.fullmatch(r"[0-9a-f]{64}", one)
    assert one != other
    assert "secret" not in one
    settings.SECRET_KEY = "another-key-of-this-test"
    assert digest("secret", purpose="a") != one


def test_a_secret_kept_under_a_former_key_is_still_found(settings):
    kept = digest("secret", purpose="a")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the-new-key-of-this-test"
    assert kept in digests("secret", purpose="a")
    assert digests("secret", purpose="a")[0] == digest("secret", purpose="a") != kept


@pytest.mark.parametrize("odd", ["", "é" * 10_000, "\x00", "\ud800"])
def test_whatever_an_address_holds_has_a_digest(odd):
    assert len(digest(odd, purpose="a")) == 64
