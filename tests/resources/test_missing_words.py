"""« Il manque un mot ? »: a word, where it was read, an address if one wants an answer."""

import pytest
import time_machine
from django.core.cache import cache
from django.db import IntegrityError
from django.test import Client

from resources.models import WordRequest
from resources.services.word_requests import (
    term_named,
    word_key,
    word_request_add,
    word_requests_erase_old,
)
from tests.resources import lexicon_data

pytestmark = pytest.mark.django_db

HERE = {"Sec-Fetch-Site": "same-origin"}
PAGE, SEND = "/lexique/proposer/", "/lexique/proposer/envoi/"


@pytest.fixture
def visitor():
    return Client(enforce_csrf_checks=True, headers=HERE)


def _kept() -> list[dict[str, object]]:
    return list(WordRequest.objects.values("word", "context", "email", "state"))


def test_the_lexicon_leads_to_the_form(visitor):
    lexicon_data.term("mot", "mot")
    assert f'href="{PAGE}"' in visitor.get("/lexique/").content.decode()
    empty = visitor.get("/lexique/", {"q": "pair aidance & co"}).content.decode()
    assert f'href="{PAGE}?mot=pair%20aidance%20%26%20co"' in empty


def test_the_form_says_why_an_address_is_asked_and_how_long_it_is_kept(visitor):
    response = visitor.get(PAGE, {"mot": " pair  aidance\u202e "})
    page = response.content.decode()
    assert 'value="pair aidance"' in page
    assert "Seulement si vous voulez une réponse" in page
    assert "effacée avec la réponse" in page
    assert "pas de données de santé" in page
    assert response.cookies == {}


def test_a_word_is_kept_and_thanked(visitor):
    response = visitor.post(
        SEND,
        {"mot": "pair-aidance", "contexte": "Dans\r\nun CHU", "courriel": "anne@example.org"},
    )
    assert (response.status_code, response["Location"]) == (303, f"{PAGE}?recu=1")
    assert "Merci pour ce mot" in visitor.get(response["Location"]).content.decode()
    assert _kept() == [
        {
            "word": "pair-aidance",
            "context": "Dans\nun CHU",
            "email": "anne@example.org",
            "state": "received",
        }
    ]
    assert response.cookies == {}


def test_the_word_alone_is_enough(visitor):
    assert visitor.post(SEND, {"mot": "ETP"}).status_code == 303
    assert _kept() == [{"word": "ETP", "context": "", "email": "", "state": "received"}]


def test_a_double_click_keeps_one_and_the_same_word_of_another_person_is_another(visitor):
    for address in ("a@example.org", "a@example.org", "b@example.org", ""):
        visitor.post(SEND, {"mot": "Pair-aidance", "courriel": address})
    visitor.post(SEND, {"mot": "la pair aidance", "courriel": ""})
    assert sorted(row["email"] for row in _kept()) == ["", "a@example.org", "b@example.org"]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("mot", "", "Écrivez le mot que vous cherchiez"),
        ("mot", "\u202e \x07", "Écrivez le mot que vous cherchiez"),
        ("mot", "é" * 10_000, "Ce texte a 10000 signes"),
        ("contexte", "é" * 10_000, "raccourcissez-le à 600"),
        ("courriel", "anne", "pas la bonne forme"),
        ("courriel", "anne@example.org\r\nBcc: x@example.org", "pas la bonne forme"),
        ("courriel", "a" * 300 + "@example.org", "254"),
    ],
)
def test_what_is_to_be_mended_is_said_and_nothing_is_lost(visitor, field, value, reason):
    typed = {"mot": "mot rare", "contexte": "lu hier", "courriel": "a@example.org", field: value}
    response = visitor.post(SEND, typed)
    body = response.content.decode()
    assert response.status_code == 422
    assert reason in body
    assert "<title>Erreur — " in body
    others = [kept for name, kept in typed.items() if name != field]
    assert all(kept in body for kept in others)
    assert _kept() == []


def test_a_word_that_the_lexicon_has_is_shown_first(visitor):
    term = lexicon_data.term(
        "pair-aidance", "pair-aidance", synonyms=["entraide entre pairs"], acronym="PA"
    )
    body = visitor.get(PAGE, {"mot": "Entraide entre pairs"}).content.decode()
    assert 'href="/lexique/pair-aidance/"' in body
    answer = visitor.post(SEND, {"mot": "pa", "contexte": "autre sens", "courriel": ""})
    body = answer.content.decode()
    assert (answer.status_code, _kept()) == (200, [])
    assert "peut-être déjà dans le lexique" in body
    assert "autre sens" in body
    sent = visitor.post(SEND, {"mot": "pa", "contexte": "autre sens", "quand-meme": term.pk})
    assert (sent.status_code, len(_kept())) == (303, 1)


def test_another_site_is_refused():
    foreign = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.post(SEND, {"mot": "x"}).status_code == 403
    assert _kept() == []


def test_a_robot_is_thanked_and_keeps_nothing(visitor):
    assert visitor.post(SEND, {"mot": "pub", "site-web": "http://pub"}).status_code == 303
    assert _kept() == []


def test_too_many_from_one_network_keep_what_was_typed(visitor):
    for number in range(10):
        visitor.post(SEND, {"mot": f"mot {number}"})
    response = visitor.post(SEND, {"mot": "de trop"})
    assert response.status_code == 429
    assert 'value="de trop"' in response.content.decode()
    assert len(_kept()) == 10
    cache.clear()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Pair-aidance", "la pair aidance"), ("ŒUVRE", "oeuvre"), ("é", "E"), ("L’ETP", "etp")],
)
def test_one_word_has_one_key_however_it_is_written(one, other):
    assert word_key(one) == word_key(other)


def test_a_word_of_signs_is_itself_and_no_term():
    lexicon_data.term("mot", "mot")
    assert word_key("???") == "???"
    assert term_named("???") is None
    assert term_named("") is None


def test_a_request_without_answer_goes_after_a_year():
    for day, word in (("2025-11-01", "ancien"), ("2026-01-15", "récent")):
        with time_machine.travel(day):
            word_request_add(word=word, email="a@example.org")
    with time_machine.travel("2026-11-20"):
        assert (word_requests_erase_old(), word_requests_erase_old()) == (1, 0)
    assert [row["word"] for row in _kept()] == ["récent"]


@pytest.mark.parametrize(
    "change",
    [{"state": "autre"}, {"state": "added"}, {"answered_on": "2026-11-26"}],
)
def test_the_database_refuses_a_state_that_is_none(change):
    word_request_add(word="mot")
    with pytest.raises(IntegrityError):
        WordRequest.objects.update(**change)


def test_the_database_keeps_no_address_after_the_answer():
    word_request_add(word="mot", email="a@example.org")
    with pytest.raises(IntegrityError):
        WordRequest.objects.update(state="declined", answered_on="2026-11-26")
