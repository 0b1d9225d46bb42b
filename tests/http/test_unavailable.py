import pytest
from django.conf import settings
from django.db import OperationalError, connections


@pytest.mark.parametrize("address", ["/away/", "/closed/", "/wrapped/"])
def test_a_lost_database_is_a_clear_503(pages, address):
    response = pages.get(address)
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    assert "indisponible" in response.content.decode()
    assert not response.cookies


def test_a_lost_database_under_a_session_is_a_503_even_if_the_error_page_wants_it(pages):
    pages.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connections["default"], "ensure_connection", refuse)
        response = pages.get("/private/")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"


@pytest.mark.django_db
def test_a_statement_that_takes_too_long_is_a_503(pages):
    assert pages.get("/slow/").status_code == 503


@pytest.mark.django_db
def test_another_fault_stays_a_500(pages):
    assert pages.get("/broken/").status_code == 500


@pytest.fixture
def stop_file(settings, tmp_path):
    settings.MAINTENANCE_FILE = tmp_path / "maintenance"
    return settings.MAINTENANCE_FILE


def test_maintenance_begins_and_ends_with_its_file(stop_file, pages):
    assert pages.get("/plain/").status_code == 200
    stop_file.touch()
    response = pages.get("/plain/")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "maintenance" in response.content.decode().lower()
    stop_file.unlink()
    assert pages.get("/plain/").status_code == 200


def test_maintenance_by_a_setting(settings, pages):
    settings.MAINTENANCE = True
    assert pages.get("/plain/").status_code == 503
    assert pages.get("/nulle-part/").status_code == 503


def test_the_health_check_and_static_files_stay_open_during_maintenance(settings, pages):
    settings.MAINTENANCE = True
    assert pages.get("/healthz").status_code == 200
    assert pages.get("/static/nulle-part.css").status_code == 404


def test_even_a_broken_template_leaves_words(pages, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("no manifest")

    monkeypatch.setattr("cops.http.answers.render_to_string", broken)
    response = pages.get("/away/")
    assert response.status_code == 503
    assert "Le site est indisponible" in response.content.decode()
