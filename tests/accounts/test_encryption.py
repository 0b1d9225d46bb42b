"""Seeds under a key that changes: the newest writes, all known ones read."""

from __future__ import annotations

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from cops.encryption import InvalidToken, decrypt, encrypt
from tests.accounts.people import add_second_factor, person

OLD, NEW = "ancienne clé " * 5, "nouvelle clé " * 5


def test_a_text_comes_back_and_is_never_written_twice_the_same():
    assert decrypt(encrypt("graine")) == "graine"
    assert encrypt("graine") != encrypt("graine")


def test_a_former_secret_key_still_reads(settings):
    token = encrypt("graine")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "une tout autre clé"
    assert decrypt(token) == "graine"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        decrypt(token)


@pytest.mark.django_db
def test_seeds_are_written_again_under_the_newest_key(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    secret = add_second_factor(person())
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    said = io.StringIO()
    call_command("reencrypt_seeds", stdout=said)
    assert said.getvalue() == "Graines réécrites : 1.\nLiens de rappel réécrits : 0.\n"
    settings.ENCRYPTION_KEYS = [NEW]
    assert decrypt(Authenticator.objects.get().data["secret"]) == secret


@pytest.mark.django_db
def test_a_lost_key_is_told_and_nothing_is_spoiled(settings):
    settings.ENCRYPTION_KEYS = [OLD]
    add_second_factor(person())
    before = Authenticator.objects.get().data
    settings.ENCRYPTION_KEYS = [NEW]
    said = io.StringIO()
    call_command("reencrypt_seeds", stdout=io.StringIO(), stderr=said)
    assert "Illisibles avec les clés connues : 1" in said.getvalue()
    assert Authenticator.objects.get().data == before
