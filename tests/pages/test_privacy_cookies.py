"""« Données personnelles » names every cookie of ours, and they are as it says."""

import pytest
from django.conf import settings
from django.urls import reverse

from tests.pages.outline import Outline

pytestmark = pytest.mark.django_db


def test_the_page_names_each_cookie_and_sets_none(client):
    answer = client.get(reverse("pages:privacy"))
    for name in (
        settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.BINDER_COOKIE_NAME,
    ):  # fmt: skip
        assert name in answer.text
    assert not answer.cookies


def test_the_cookie_of_a_form_goes_with_the_browser(client):
    cookie = client.get(reverse("resources:propose"), follow=True).cookies["csrftoken"]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")


def test_no_code_of_ours_is_shown(client):
    html = client.get(reverse("pages:privacy")).content.decode()
    assert Outline(html).count("h1") == 1
    for code in ("totp", "webauthn", "recovery_codes", "1 ajout", "jetons"):
        assert code not in html
    assert "les personnes à qui le même lien a été donné" in html
