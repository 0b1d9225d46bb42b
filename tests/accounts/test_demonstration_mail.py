"""In the demonstration, who waits for a code is told where it is read."""

from __future__ import annotations

import pytest
from django.test import Client

from cops.mail.models import Message
from tests.accounts.people import person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("demonstration", [True, False])
def test_who_waits_for_a_code_is_told_where_it_is(client: Client, settings, demonstration: bool):
    settings.DEMONSTRATION = demonstration
    person(email="jeanne@example.org")
    answer = client.post("/compte/connexion/code/", {"email": "jeanne@example.org"}, follow=True)
    assert Message.objects.filter(to="jeanne@example.org").count() == 1
    assert "Tapez le code reçu" in answer.text
    page = answer.text.partition("<footer")[0]
    assert ('href="/courriels/"' in page) == demonstration
