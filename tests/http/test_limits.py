import pytest
from django.conf import settings


@pytest.mark.parametrize("size", [1, 1_999, 2_000])
def test_a_value_of_two_thousand_characters_passes(pages, size):
    assert pages.get("/plain/", {"q": "a" * size}).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 2_001,
        "q=" + "a" * 10_000,
        "q=" + "%C3%A9" * 2_001,
        "&".join("q=abcdefghij" for _ in range(800)),
        "&".join("q" for _ in range(302)),
        "q=" + "%F0%9F%99%82" * 5_000,
    ],
)
def test_a_longer_query_is_414_in_french(pages, query):
    response = pages.get("/plain/?" + query)
    assert response.status_code == 414
    assert "trop long" in response.content.decode()
    assert 'lang="fr"' in response.content.decode()


def test_accents_are_counted_as_characters(pages):
    assert pages.get("/plain/?q=" + "%C3%A9" * 1_200).status_code == 200


def test_a_very_long_path_is_414(pages):
    assert pages.get("/" + "a" * 9_000).status_code == 414


@pytest.mark.parametrize("address", ["/echo/", "/csp/", "/nulle-part/"])
def test_a_large_form_is_413_in_french(pages, address):
    body = "mot=" + "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    response = pages.post(address, body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert "volumineux" in response.content.decode()


def test_a_form_of_a_fair_size_passes(pages):
    body = "mot=" + "a" * 100_000
    response = pages.post("/echo/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 200
    assert len(response.content) == 100_000


def test_too_many_fields_is_a_refusal_not_a_failure(pages):
    body = "&".join(f"c{i}=1" for i in range(2_500))
    response = pages.post("/echo/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 400


@pytest.mark.parametrize("query", ["q=%00", "q=%FF%FE", "q=%", "page=0", "q=🙂", "q==&&=;"])
def test_odd_queries_do_not_break_the_chain(pages, query):
    assert pages.get("/plain/?" + query).status_code == 200
