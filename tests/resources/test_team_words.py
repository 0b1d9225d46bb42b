"""The team answers those who miss a word in the lexicon."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client

from cops.accounts.enums import Role
from cops.audit import trail
from cops.mail.models import Message
from resources.models import Term, WordRequest
from resources.reading.waiting import words_waiting
from resources.services.word_requests import (
    word_request_add,
    word_request_decline,
    word_request_point,
)
from tests.accounts.people import person, sign_in
from tests.resources import lexicon_data

PAGE = "/pilotage/ressources/mots/"


@pytest.fixture
def team() -> Client:
    client = Client()
    sign_in(client, person(Role.TEAM))
    return client


def _asked(word: str = "pair-aidance", email: str = "anne@example.org", **more) -> WordRequest:
    return word_request_add(word=word, email=email, **more)


@pytest.mark.django_db
def test_a_word_to_answer_is_in_the_list_and_in_what_is_to_be_done(team):
    asked = _asked(context="Lu <b>hier</b>")
    body = team.get(PAGE).content.decode()
    assert "1\u00a0mot attend une réponse" in body
    assert "Lu &lt;b&gt;hier" in body
    assert "anne@example.org" not in body
    (item,) = words_waiting(None)
    assert (item.label, item.url) == ("« pair-aidance »", f"{PAGE}{asked.pk}/")
    assert item.detail == "La personne attend une réponse"


@pytest.mark.django_db
def test_added_opens_a_term_that_nobody_sees_yet(team):
    asked = _asked(word="3e personne")
    form = {
        "reponse": "ajoute",
        "ajoute-word": "troisième personne",
        "ajoute-category": "acteurs",
        "ajoute-definition": "À relire.",
    }
    answer = team.post(f"{PAGE}{asked.pk}/", form)
    term = Term.objects.get(term="troisième personne")
    assert answer["Location"] == f"/admin/resources/term/{term.pk}/change/"
    assert (term.slug, term.basis) == ("troisieme-personne", "editorial")
    assert Client().get(f"/lexique/{term.slug}/").status_code == 404
    asked.refresh_from_db()
    assert (asked.state, asked.term, asked.email) == ("added", term, "")
    message = Message.objects.get(dedupe_key=f"resources.word_request.{asked.pk}")
    assert message.to == "anne@example.org"
    assert "Nous l’avons retenu" in message.text
    assert [entry.action for entry in trail(asked)] == ["word_request.answered"]


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["proposer", "mot"])
def test_an_address_that_is_taken_or_reserved_gets_another(team, word):
    lexicon_data.term("mot", "autre chose")
    asked = _asked(word=word)
    form = {"ajoute-word": word, "ajoute-category": "acteurs", "ajoute-definition": "x"}
    team.post(f"{PAGE}{asked.pk}/", {"reponse": "ajoute", **form})
    assert Term.objects.get(term=word).slug == f"{word}-2"


@pytest.mark.django_db
def test_known_leads_to_the_term(team):
    term = lexicon_data.term("pair-aidance", "pair-aidance", synonyms=["entraide"])
    asked = _asked(word="Entraide")
    page = team.get(f"{PAGE}{asked.pk}/").content.decode()
    assert f'<option value="{term.pk}" selected>' in page
    team.post(f"{PAGE}{asked.pk}/", {"reponse": "existe", "existe-term": term.pk})
    message = Message.objects.get()
    assert "sous le nom « pair-aidance »" in message.text.replace("\u00a0", " ")
    assert "http://localhost:8000/lexique/pair-aidance/" in message.text


@pytest.mark.django_db
def test_declined_says_why(team):
    asked = _asked()
    reason = "Merci. Ce mot n’est pas propre au partenariat."
    team.post(f"{PAGE}{asked.pk}/", {"reponse": "non-retenu", "non-retenu-reason": reason})
    asked.refresh_from_db()
    assert (asked.state, asked.reply, asked.email) == ("declined", reason, "")
    assert reason in Message.objects.get().text
    body = team.get(f"{PAGE}{asked.pk}/").content.decode()
    assert reason in body
    assert "Pas retenu" in body


@pytest.mark.django_db
def test_without_address_nothing_is_sent(team):
    asked = _asked(email="")
    team.post(f"{PAGE}{asked.pk}/", {"reponse": "non-retenu", "non-retenu-reason": "Merci."})
    assert Message.objects.count() == 0
    assert WordRequest.objects.get().state == "declined"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Trois façons"),
        ({"reponse": "autre"}, "Trois façons"),
        ({"reponse": "ajoute", "ajoute-word": "x"}, "réponses sont à revoir"),
        ({"reponse": "existe", "existe-term": "999999"}, "réponse est à revoir"),
        ({"reponse": "non-retenu", "non-retenu-reason": " \u202e "}, "réponse est à revoir"),
        ({"reponse": "non-retenu", "non-retenu-reason": "é" * 10_000}, "réponse est à revoir"),
    ],
)
def test_an_answer_to_mend_is_said_and_nothing_is_sent(team, sent, said):
    asked = _asked()
    answer = team.post(f"{PAGE}{asked.pk}/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    asked.refresh_from_db()
    assert (asked.state, Message.objects.count()) == ("received", 0)


@pytest.mark.django_db
def test_a_term_that_is_withdrawn_is_no_answer(team):
    from resources.services.lexicon import term_archive

    term = term_archive(term=lexicon_data.term("mot", "mot"))
    with pytest.raises(ValidationError):
        word_request_point(request=_asked(), term=term, by=None)


@pytest.mark.django_db(transaction=True)
def test_two_of_the_team_at_once_send_one_answer():
    asked = _asked()
    outcomes, ready = [], threading.Barrier(2)

    def answer(reason: str) -> None:
        try:
            ready.wait()
            word_request_decline(request=asked, reason=reason, by=None)
            outcomes.append("sent")
        except ValidationError as error:
            outcomes.append(error.messages[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=answer, args=(reason,)) for reason in ("Un", "Deux")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["Quelqu’un de l’équipe a déjà répondu à cette demande.", "sent"]
    assert Message.objects.count() == 1


@pytest.mark.django_db
def test_the_list_costs_the_same_for_one_and_for_thirty(team, django_assert_max_num_queries):
    _asked(word="un")
    team.get(PAGE)
    with django_assert_max_num_queries(60) as one:
        team.get(PAGE)
    for number in range(29):
        _asked(word=f"mot {number}")
    with django_assert_max_num_queries(len(one)):
        team.get(PAGE)
