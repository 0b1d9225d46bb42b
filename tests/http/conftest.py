import pytest
from django.test import Client

from resources.enums import Status
from tests.accounts.people import person, sign_in
from tests.exports.making import export
from tests.resources import experience_data, factories, lexicon_data
from tests.selfassess import making


@pytest.fixture
def pages(settings):
    """A client on the views of ``tests/http/pages.py``; a fault is a 500, as for a visitor."""
    settings.ROOT_URLCONF = "tests.http.pages"
    return Client(raise_request_exception=False)


@pytest.fixture
def made():
    """The objects that the table names."""
    sheet = factories.resource(slug="fiche", title="Fiche d’essai")
    factories.falc(sheet)
    factories.resource(slug="brouillon", status=Status.DRAFT, version=0)
    lexicon_data.term("mot", "mot")
    lexicon_data.quiz()
    lexicon_data.arguments()
    experience_data.known()
    making.known()
    export(public_id="document")


@pytest.fixture
def visitor():
    """A client of the role asked for; a fault is a 500, as for a visitor."""

    def come(role: str) -> Client:
        client = Client(raise_request_exception=False, headers={"host": "localhost"})
        if role != "anonymous":
            sign_in(client, person(role))
        return client

    return come
