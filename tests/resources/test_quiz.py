"""A quiz as people take it: every answer in the address, nothing kept."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from resources.enums import Status
from tests.resources import factories
from tests.resources.lexicon_data import quiz, term

pytestmark = pytest.mark.django_db

ADDRESS = "/quiz/notions/"


def text(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def link(page, rel):
    """The query of the previous or next link."""
    found = re.search(rf'rel="{rel}" href="([^"]*)"', page)
    return {
        name: values[0] for name, values in parse_qs(urlsplit(unescape(found[1])).query).items()
    }


def test_list_names_the_quizzes_on_view(client):
    quiz()
    quiz(slug="retire", archived_at=timezone.now())
    page = text(client, "/quiz/")
    assert 'href="/quiz/notions/"' in page
    assert "3\u00a0affirmations" in page
    assert "retire" not in page


def test_list_without_a_quiz_says_so(client):
    assert "Aucun quiz n’est publié" in text(client, "/quiz/")


def test_first_page_asks_one_statement_and_says_nothing_of_its_answer(client):
    quiz()
    page = text(client, ADDRESS)
    assert "Affirmation numéro 1." in page
    assert "Affirmation numéro 2." not in page
    assert "Explication" not in page


def test_an_answer_is_explained_at_once_and_kept(client):
    quiz()
    page = text(client, f"{ADDRESS}?n=1&a1=v")
    assert "C’est juste&nbsp;: vrai" in page
    assert "Explication numéro 1." in page
    assert link(page, "next") == {"r": "v", "n": "2"}


def test_steps_lose_nothing_forth_and_back(client):
    quiz()
    page = text(client, f"{ADDRESS}?r=v&n=2&a2=v")
    assert "Réponse attendue&nbsp;: faux" in page
    assert link(page, "next") == {"r": "vv", "n": "3"}
    assert link(page, "prev") == {"r": "vv", "n": "1"}
    back = text(client, f"{ADDRESS}?r=vv&n=1")
    assert 'value="v" checked' in back
    assert 'name="r" value="vv"' in back


def test_the_last_statement_leads_to_the_summary(client):
    quiz()
    page = text(client, f"{ADDRESS}?r=vf&n=3&a3=f")
    assert "À débattre&nbsp;: chacun a sa réponse" in page
    assert 'rel="next"' not in page
    assert "r=vff&amp;vue=bilan" in page


def test_summary_counts_without_what_is_to_debate(client):
    quiz(answers="vfdv")
    page = text(client, f"{ADDRESS}?r=vvf&vue=bilan")
    assert "1\u00a0réponse juste sur 3" in page
    assert "Vous avez passé 1\u00a0affirmation" in page
    assert page.count("Explication numéro") == 4


def test_answers_without_a_choice_can_be_read(client):
    quiz()
    page = text(client, f"{ADDRESS}?vue=bilan")
    assert "Les réponses, pour en discuter" in page
    assert "Votre réponse" not in page


def test_all_on_a_page_keeps_and_shows_the_answers(client):
    quiz()
    page = text(client, f"{ADDRESS}?vue=tout&a1=v&a3=d")
    assert page.count("checked") == 2
    assert page.count("<details open") == 2
    assert "r=v-d" in page


def test_meeting_shows_then_explains(client):
    quiz()
    assert link(text(client, f"{ADDRESS}?vue=animation"), "next") == {"vue": "animation", "n": "1"}
    screen = text(client, f"{ADDRESS}?vue=animation&n=1")
    assert "Explication" not in screen
    assert link(screen, "next") == {"vue": "animation", "n": "1", "voir": "1"}
    shown = text(client, f"{ADDRESS}?vue=animation&n=1&voir=1")
    assert "Explication numéro 1." in shown
    assert link(shown, "next") == {"vue": "animation", "n": "2"}
    last = text(client, f"{ADDRESS}?vue=animation&n=3&voir=1")
    assert link(last, "next") == {"vue": "bilan"}


@pytest.mark.parametrize(
    "query",
    ["r=zzz", "r=" + "v" * 1000, "n=0", "n=-1", "n=99999", "n=²", "n=x", "vue=rien", "a1=x&a99=v"],
)
def test_a_bad_address_is_set_aside(client, query):
    quiz()
    page = text(client, f"{ADDRESS}?{query}")
    assert "Affirmation numéro 1." in page
    assert ("Nous n’avons pas pu relire vos réponses" in page) == query.startswith("r=")


@pytest.mark.parametrize("view", ["", "tout", "bilan", "animation"])
def test_a_quiz_without_statements_says_so(client, view):
    quiz(answers="")
    assert "Ce quiz se prépare" in text(client, f"{ADDRESS}?vue={view}")


def test_a_quiz_that_is_withdrawn_or_unknown_answers_404(client):
    quiz(archived_at=timezone.now())
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/quiz/inconnu/").status_code == 404


def test_a_page_with_answers_is_the_visitors_own(client):
    quiz()
    answer = client.get(f"{ADDRESS}?r=v&n=2")
    assert answer["X-Robots-Tag"] == "noindex"
    assert "private" in answer["Cache-Control"]
    assert "X-Robots-Tag" not in client.get(ADDRESS)


def test_no_view_sets_a_cookie(client):
    quiz()
    for query in ("", "?n=2&r=v", "?vue=tout", "?vue=bilan&r=v", "?vue=animation"):
        assert not client.get(ADDRESS + query).cookies


def test_links_lead_only_to_what_is_visible(client):
    made = quiz(answers="vv")
    first, second = made.statements.all()
    first.terms.set([term("pair", "Pair"), term("vieux", "Vieux", archived_at=timezone.now())])
    first.resource = factories.resource(slug="visible")
    first.save()
    second.resource = factories.resource(slug="brouillon", status=Status.DRAFT)
    second.save()
    page = text(client, f"{ADDRESS}?vue=bilan")
    assert 'href="/lexique/pair/"' in page
    assert 'href="/ressources/visible/"' in page
    assert "vieux" not in page
    assert "brouillon" not in page


def test_quiz_asks_as_much_for_1_and_40_statements(client, django_assert_max_num_queries):
    quiz(slug="court", answers="v")
    quiz(slug="long", answers="vfd" * 13)
    for slug in ("court", "long"):
        with django_assert_max_num_queries(6):
            client.get(f"/quiz/{slug}/?vue=bilan")
