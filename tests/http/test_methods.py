"""A page that only reads says 405; a form says why it was refused."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
READ = ["/", "/le-cops/", "/ressources/", "/lexique/", "/quiz/", "/mentions-legales/"]
TOO_LATE, ELSEWHERE = "a attendu trop longtemps", "ne vient pas de ce site"


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("address", READ)
def test_a_page_that_only_reads_answers_405_in_words(address, method):
    answer = getattr(Client(enforce_csrf_checks=True), method)(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    text = answer.content.decode()
    assert "ne reçoit pas ce qui lui est envoyé" in text
    assert TOO_LATE not in text


def test_a_form_without_its_token_waited_too_long():
    answer = Client(enforce_csrf_checks=True).post("/compte/connexion/")
    assert answer.status_code == 403
    assert TOO_LATE in answer.content.decode()


def test_a_form_of_another_site_is_told_so():
    client = Client(enforce_csrf_checks=True, headers={"origin": "https://ailleurs.example"})
    for address in ("/compte/connexion/", "/classeur/ajouter/"):
        answer = client.post(address)
        assert answer.status_code == 403
        text = answer.content.decode()
        assert ELSEWHERE in text
        assert TOO_LATE not in text
