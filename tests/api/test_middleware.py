"""Around « /api/ »: open to every site, errors as JSON in French."""

import pytest
from django.test import Client

LIST = "/api/v1/resources/"


@pytest.mark.django_db
def test_any_site_may_read_but_never_with_a_visitor_s_rights():
    answer = Client().get(LIST, headers={"origin": "https://exemple.fr"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Access-Control-Expose-Headers"] == "ETag, Retry-After"
    assert "Access-Control-Allow-Credentials" not in answer
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies


def test_a_browser_s_first_question_is_answered_without_the_database():
    headers = {
        "origin": "https://exemple.fr",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
    }
    answer = Client().options(LIST, headers=headers)
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert answer["Access-Control-Allow-Headers"] == "If-None-Match"


@pytest.mark.django_db
def test_pages_for_people_stay_closed_to_other_sites():
    for path in ("/", "/api/v1/docs/"):
        assert "Access-Control-Allow-Origin" not in Client().get(path), path


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_written(method):
    client = Client(enforce_csrf_checks=True)
    answer = getattr(client, method)(LIST, data="{}", content_type="application/json")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.json()["message"].startswith("Cette interface se lit seulement")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/rien/", 404),
        ("/api/", 404),
        ("/api/v1/resources/nulle/", 404),
        (f"{LIST}?q={'a' * 2001}", 414),
        (f"{LIST}?{'&'.join(['genre=agir'] * 400)}", 414),
    ],
)
def test_an_error_is_json_in_french(path, status):
    answer = Client().get(path)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    said = answer.json()
    assert said.keys() == {"status", "message"}
    assert said["status"] == status
    assert said["message"].endswith(".")


def test_maintenance_is_json_too(settings):
    settings.MAINTENANCE = True
    answer = Client().get(LIST)
    assert (answer.status_code, answer.json()["status"]) == (503, 503)
    assert answer["Retry-After"] == "30"


@pytest.mark.django_db
@pytest.mark.parametrize("accept", ["text/html", "application/xml", "", "n’importe quoi"])
def test_json_whatever_the_browser_asks_for(accept):
    answer = Client().get(LIST, headers={"accept": accept})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_a_fault_of_ours_is_json(monkeypatch):
    from resources.api import rows

    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr(rows, "resource_page", broken)
    answer = Client(raise_request_exception=False).get(f"{LIST}?inconnu=1")
    assert answer.status_code == 500
    assert answer.json()["message"].startswith("Une erreur s’est produite")
