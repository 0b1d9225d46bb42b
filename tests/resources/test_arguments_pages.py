"""The arguments by audience, on a page and as a PDF."""

import re

import pytest
from django.utils import timezone

from cops import pagecache
from resources.enums import Status
from tests.resources import factories
from tests.resources.lexicon_data import arguments

pytestmark = pytest.mark.django_db


def text(client, address="/argumentaires/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_tells_every_part_and_what_the_editors_completed(client):
    arguments()
    page = text(client)
    for words in (
        "Choisir une situation.",
        "Un parcours entre la ville et l’hôpital.",
        "Parler la langue de l’autre.",
        "Vous voulez convaincre.",
        "Et si tout allait mieux\u202f?",
        "Associer un usager.",
        "Un établissement plus attractif.",
        "Un climat plus serein.",
        "Raconter une pratique.",
        "Par quoi commencer\u202f?",
        "Parler qualité.",
        'href="#direction"',
        'href="/argumentaires.pdf"',
    ):
        assert words in page
    assert page.count('class="argument-edited"') == 1


def test_page_without_arguments_says_so(client):
    arguments(archived_at=timezone.now())
    assert "Aucun argumentaire n’est publié" in text(client)


def test_sheet_is_linked_only_when_it_is_visible(client):
    made = arguments()
    argument = made.arguments.get()
    argument.resource = factories.resource(slug="visible")
    argument.save()
    assert 'href="/ressources/visible/"' in text(client)
    argument.resource = factories.resource(slug="brouillon", status=Status.DRAFT)
    argument.save()
    pagecache.clear()
    assert "brouillon" not in text(client)


def test_another_set_has_its_own_address(client):
    arguments()
    arguments(slug="autres")
    assert 'href="?recueil=autres"' in text(client)
    page = text(client, "/argumentaires/?recueil=autres")
    assert 'href="/argumentaires.pdf?recueil=autres"' in page
    assert 'rel="canonical" href="http://localhost:8000/argumentaires/?recueil=autres"' in page
    assert 'href="?recueil=autres"' in text(client, "/argumentaires/?recueil=licorne")


def test_pdf_without_arguments_answers_404(client):
    assert client.get("/argumentaires.pdf").status_code == 404


def test_pdf_is_a_file_to_open(client):
    arguments()
    answer = client.get("/argumentaires.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    pagecache.clear()
    assert re.search(r"\(PDF, \d\u00a0pages, \d+\u00a0ko\)", text(client))
