"""The journal on screen: for administrators in the admin, for the team beside an object."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import Client

from cops import audit
from tests.accounts.people import person, sign_in

pytestmark = pytest.mark.django_db
LIST = "/admin/audit/entry/"


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("cops.audit.actions._labels", {"essai.changed": "Essai changé"})


@pytest.fixture
def administrator():
    return person("administrator", display_name="Jeanne")


def test_an_administrator_reads_the_journal_and_changes_nothing(client: Client, administrator):
    sign_in(client, administrator)
    entry = audit.record(administrator, "essai.changed", administrator, {"role": ["a", "b"]})
    listing = client.get(LIST, {"action": "essai.changed"})
    assert "Essai changé" in listing.text
    assert client.get(f"{LIST}{entry.pk}/change/").status_code == 200
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"{LIST}{entry.pk}/change/", {"action": "x"}).status_code == 403
    assert audit.trail(administrator).count() == 1


def test_the_list_asks_as_much_for_one_entry_as_for_thirty(
    client: Client, administrator, django_assert_max_num_queries
):
    sign_in(client, administrator)
    audit.record(administrator, "essai.changed", administrator)
    client.get(LIST)
    with django_assert_max_num_queries(30) as few:
        client.get(LIST)
    for _ in range(30):
        audit.record(administrator, "essai.changed", administrator)
    with django_assert_max_num_queries(len(few)):
        client.get(LIST)


def test_the_trail_of_an_object_in_a_page(administrator):
    audit.record(administrator, "essai.changed", administrator)
    audit.record(None, "essai.changed", administrator)
    html = render_to_string("cops/audit/_trail.html", {"entries": audit.trail(administrator)[:5]})
    words = " ".join(html.replace("<strong>", "").replace("</strong>", "").split())
    assert words.index("Essai changé par Le portail") < words.index("Essai changé par Jeanne")
    assert render_to_string("cops/audit/_trail.html", {"entries": []}).strip() == ""
