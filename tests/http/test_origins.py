"""A form without token is taken from a page of ours, and from nowhere else."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

HERE = "http://testserver"
OUR_ORIGIN = "http://localhost:8000"  # SITE_ORIGIN of the tests


@pytest.fixture
def strict(settings):
    settings.ROOT_URLCONF = "tests.http.pages"
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
        {"Origin": HERE},
        {"Origin": OUR_ORIGIN},
        {"Referer": f"{HERE}/ressources/fiche/?v=1"},
        {"Origin": HERE, "Referer": "https://ailleurs.example/"},
    ],
)
def test_a_form_of_ours_passes_without_token(strict, headers):
    response = strict.post("/open/", {"mot": "x"}, headers=headers)
    assert (response.status_code, response.content.decode()) == (200, "reçu")
    assert response.cookies == {}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "cross-site", "Origin": HERE},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "null", "Referer": f"{HERE}/"},
        {"Origin": "https://testserver"},
        {"Origin": f"{HERE}.ailleurs.example"},
        {"Origin": f"{HERE}:81"},
        {"Referer": "https://ailleurs.example/?http://testserver/"},
        {"Referer": f"{HERE}@ailleurs.example/"},
        {"Referer": "http://[::1"},
        {"Referer": "/ressources/"},
    ],
)
def test_a_form_from_elsewhere_is_a_french_403(strict, headers):
    response = strict.post("/open/", {"mot": "x"}, headers=headers)
    assert response.status_code == 403
    assert "Rien n’a été enregistré" in response.content.decode()


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_only_a_post_is_taken(strict, method):
    response = getattr(strict, method)("/open/", headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 405


@pytest.mark.django_db
def test_a_signed_in_person_is_protected_in_the_same_way(strict):
    strict.force_login(get_user_model().objects.create_user("a@example.org"))
    response = strict.post("/open/", headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    response = strict.post("/open/", headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 200


@pytest.mark.parametrize(("value", "answer"), [("", "reçu"), ("http://pub.example/", "piégé")])
def test_the_field_for_robots(strict, value, answer):
    headers = {"Sec-Fetch-Site": "same-origin"}
    response = strict.post("/open/", {"site-web": value}, headers=headers)
    assert response.content.decode() == answer


def test_the_field_for_robots_has_the_name_that_the_views_read():
    from django.template.loader import render_to_string

    from cops.http.honeypot import FIELD

    drawn = render_to_string("components/honeypot.html", {"id": "essai"})
    assert f'name="{FIELD}"' in drawn
    assert '<label for="piege-essai">' in drawn
    assert 'tabindex="-1" autocomplete="off"' in drawn
