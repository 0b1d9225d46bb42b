"""« Ne plus recevoir »: nothing changes by opening, one POST is enough."""

from __future__ import annotations

import pytest
from django.test import Client

from cops.mail.enums import State, SuppressionReason
from cops.mail.models import Suppression
from cops.mail.sending import outbox_send
from cops.mail.suppressions import is_suppressed
from cops.mail.unsubscribing import Wish, unsubscribe_address, wish_of, wish_token

pytestmark = pytest.mark.django_db
ADDRESS = "jeanne@example.org"


@pytest.fixture
def path() -> str:
    return f"/courriels/arret/{wish_token(Wish(ADDRESS, 'letter'))}/"


@pytest.fixture
def strict() -> Client:
    """A browser, or a mail program, that has no token."""
    return Client(enforce_csrf_checks=True)


def test_every_mail_in_number_carries_its_way_out(write, sink, settings, strict):
    write(category="letter")
    outbox_send()
    [mail] = sink.mails
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip(" <>")
    assert address.startswith(f"{settings.SITE_ORIGIN}/courriels/arret/")
    # The same one is in its text, for people.
    text = mail.get_body(("plain",)).get_content()
    assert f"Ne plus recevoir « La lettre du COPS » : {address}" in text.replace("\xa0", " ")
    one_click = {"List-Unsubscribe": "One-Click"}
    answer = strict.post(address.removeprefix(settings.SITE_ORIGIN), one_click)
    assert (answer.status_code, answer.text) == (200, "C’est fait.\n")
    assert is_suppressed(ADDRESS, "letter")


def test_the_page_has_a_button_and_opening_it_changes_nothing(path, strict):
    for _ in range(3):
        answer = strict.get(path)
    assert "Ne plus recevoir « La lettre du COPS »</button>" in answer.text.replace("\xa0", " ")
    assert not Suppression.objects.exists()
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]
    assert answer.cookies == {}


def test_the_button_stops_the_letter_and_the_next_one_brings_it_back(path, strict, write):
    answer = strict.post(path, follow=True)
    assert "C’est noté" in answer.text
    assert Suppression.objects.get().reason == SuppressionReason.OPT_OUT
    assert write(category="letter").state == State.SKIPPED
    strict.post(path)
    assert Suppression.objects.count() == 1
    strict.post(path, {"retour": "1"})
    strict.post(path, {"retour": "1"})
    assert not Suppression.objects.exists()
    assert write(category="letter").state == State.PREPARED


def test_the_wish_concerns_one_category_alone(path, strict, write):
    strict.post(path)
    assert write(category="notice").state == State.PREPARED


def test_the_address_says_nothing_of_the_person(path):
    assert "jeanne" not in path
    assert wish_of(path.split("/")[3]) == Wish(ADDRESS, "letter")


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t + "A", lambda t: "x" + t[1:]])
def test_an_address_of_ours_cannot_be_made_up(strict, change):
    token = wish_token(Wish(ADDRESS, "letter"))
    forged = change(token)
    for method in (strict.get, strict.post):
        assert method(f"/courriels/arret/{forged}/").status_code == 404
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("category", ["account", "notice", "gone"])
def test_what_is_written_to_one_person_cannot_be_refused(strict, category):
    path = f"/courriels/arret/{wish_token(Wish(ADDRESS, category))}/"
    assert strict.post(path).status_code == 404


def test_an_address_outlives_the_key_it_was_made_with(settings, strict):
    path = f"/courriels/arret/{wish_token(Wish(ADDRESS, 'letter'))}/"
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, as long as the one before it was, and random"
    strict.post(path)
    assert is_suppressed(ADDRESS, "letter")


def test_a_wish_outlives_the_key_it_was_kept_with(settings, strict, path, write):
    strict.post(path)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, as long as the one before it was, and random"
    assert is_suppressed(ADDRESS, "letter")
    assert write(category="letter").state == State.SKIPPED


def test_the_address_is_not_kept_in_clear(path, strict):
    strict.post(path)
    kept = Suppression.objects.get()
    assert "jeanne" not in kept.address_hash
    assert len(kept.address_hash) == 64


def test_the_whole_address_is_of_this_site(settings):
    settings.SITE_ORIGIN = "https://portail.example.org"
    address = unsubscribe_address(ADDRESS, "letter")
    assert address.startswith("https://portail.example.org/courriels/arret/")
    assert len(address) < 300
