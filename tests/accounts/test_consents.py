"""Agreements: one box a purpose, the text as it was read, one click to change one's mind."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe

from cops.accounts import purposes
from cops.accounts.models import Consent, ConsentText, User
from cops.accounts.services.consents import (
    NeededConsent,
    UnknownPurpose,
    consent_give,
    consent_withdraw,
    consents_archive,
    has_consented,
    missing_terms,
    proofs_purge,
)
from tests.accounts.people import PASSWORD, person, sign_in

PAGE = reverse("accounts:consents")
TERMS_PAGE = reverse("accounts:accept_terms")


@pytest.fixture
def letter(monkeypatch):
    """A purpose of an app, whose text the test may change."""
    text = ["<p>Recevoir la lettre.</p>"]
    monkeypatch.setattr(purposes, "_purposes", dict(purposes._purposes))
    purposes.register_purpose("letter", "La lettre", template="letter.html")
    real = purposes.render_to_string
    monkeypatch.setattr(
        purposes,
        "render_to_string",
        lambda name: mark_safe(text[0]) if name == "letter.html" else real(name),
    )
    return text


@pytest.mark.django_db
def test_a_yes_keeps_the_text_and_the_time(letter):
    user = person()
    consent = consent_give(user=user, purpose="letter")
    assert (consent.text.text, consent.withdrawn_at) == (letter[0], None)
    assert has_consented(user, "letter")
    assert consent_give(user=user, purpose="letter") == consent


@pytest.mark.django_db
def test_a_changed_text_asks_again_but_spaces_change_nothing(letter):
    user = person()
    first = consent_give(user=user, purpose="letter")
    letter[0] = "<p>Recevoir\n   la lettre.</p>"
    assert has_consented(user, "letter")
    letter[0] = "<p>Recevoir la lettre et les invitations.</p>"
    assert not has_consented(user, "letter")
    second = consent_give(user=user, purpose="letter")
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert second.text != first.text
    assert ConsentText.objects.filter(purpose="letter").count() == 2


@pytest.mark.django_db
def test_a_no_takes_effect_at_once_and_the_terms_go_with_the_account(letter):
    user = person()
    consent_give(user=user, purpose="letter")
    assert [consent_withdraw(user=user, purpose="letter") for _ in range(2)] == [True, False]
    assert not has_consented(user, "letter")
    with pytest.raises(NeededConsent):
        consent_withdraw(user=user, purpose="terms")
    with pytest.raises(UnknownPurpose):
        consent_give(user=user, purpose="nulle")


@pytest.mark.django_db
def test_the_page_ticks_nothing_and_takes_back_in_one_click(client, letter):
    user = person()
    sign_in(client, user)
    page = client.get(PAGE).text
    assert "checked" not in page
    assert letter[0] in page
    refused = client.post(PAGE, {"purpose": "letter"})
    assert "cochez la case" in refused.text
    assert "<title>Erreur — Mes accords — COPS</title>" in refused.text
    client.post(PAGE, {"purpose": "letter", "agree": "1"})
    assert has_consented(user, "letter")
    client.post(PAGE, {"purpose": "letter", "action": "withdraw"})
    assert not has_consented(user, "letter")
    assert client.post(PAGE, {"purpose": "nulle"}).status_code == 404


@pytest.mark.django_db
def test_the_terms_are_asked_on_the_way_in_then_no_more(client):
    user = person()
    data = {"login": user.email, "password": PASSWORD}
    answer = client.post(f"{reverse('account_login')}?next=/compte/nom/", data)
    assert answer["Location"] == f"{TERMS_PAGE}?next=%2Fcompte%2Fnom%2F"
    assert "Avant d’aller plus loin" in client.get(answer["Location"]).text
    refused = client.post(TERMS_PAGE, {"next": "/compte/nom/"})
    assert "cochez la case" in refused.text
    done = client.post(TERMS_PAGE, {"next": "/compte/nom/", "agree": "1"})
    assert done["Location"] == "/compte/nom/"
    assert missing_terms(user) == []
    away = client.post(TERMS_PAGE, {"next": "https://ailleurs.example/", "agree": "1"})
    assert away["Location"] == reverse("accounts:home")


@pytest.mark.django_db
def test_an_erased_account_leaves_a_proof_without_the_person_for_five_years(letter):
    user = person(email="marie@exemple.fr")
    consent_give(user=user, purpose="letter")
    assert consents_archive(user) == 1
    user.delete()
    proof = Consent.objects.get()
    assert (proof.user_id, len(proof.former)) == (None, 64)
    assert proofs_purge(10) == 0
    long_ago = timezone.now() - timedelta(days=5 * 365 + 1)
    Consent.objects.update(given_at=long_ago, withdrawn_at=long_ago)
    assert proofs_purge(10) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"former": "x"},
        {"user": None},
        {"withdrawn_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_the_database_refuses_a_consent_that_makes_no_sense(wrong):
    consent = consent_give(user=person(), purpose="terms")
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_yes(letter):
    user = User.objects.get(pk=person().pk)
    together = Barrier(2)

    def click() -> None:
        together.wait(10)
        consent_give(user=user, purpose="letter")
        connection.close()

    clicks = [Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(20)
    assert Consent.objects.count() == 1
