import gzip

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model

from cops.pagecache import raise_version
from cops.pagecache.store import pages
from tests.pagecache import site

ADDRESS = "/fiche/agir/"


def test_the_second_reader_gets_the_same_page_without_the_view(reader):
    first, second = reader.get(ADDRESS), reader.get(ADDRESS)
    assert site.made == ["agir"]
    assert second.content == first.content
    ids = [first.headers.pop("X-Request-ID"), second.headers.pop("X-Request-ID")]
    assert ids[0] != ids[1]
    assert dict(first.headers.items()) == dict(second.headers.items())


def test_a_kept_page_costs_one_statement(reader, django_assert_num_queries):
    reader.get(ADDRESS)
    with django_assert_num_queries(1):
        reader.get(ADDRESS)


def test_publishing_makes_it_stale(reader):
    reader.get(ADDRESS)
    raise_version()
    reader.get(ADDRESS)
    reader.get(ADDRESS)
    assert site.made == ["agir", "agir"]


@pytest.mark.parametrize("query", ["v=1", "theme=soins&v=1", "v=1&v=2", "v="])
def test_a_known_query_is_kept_apart(reader, query):
    reader.get(ADDRESS)
    for _ in range(2):
        reader.get(f"{ADDRESS}?{query}")
    assert site.made == ["agir", "agir"]


def test_the_order_of_the_names_does_not_matter_but_that_of_values_does(reader):
    reader.get(ADDRESS + "?v=1&theme=a")
    reader.get(ADDRESS + "?theme=a&v=1")
    assert len(site.made) == 1
    reader.get(ADDRESS + "?v=1&v=2")
    reader.get(ADDRESS + "?v=2&v=1")
    assert len(site.made) == 3


@pytest.mark.parametrize("query", ["inconnu=1", "v=1&utm_source=x", "v=" + "a" * 400])
def test_an_unknown_or_long_query_is_answered_and_not_kept(reader, query):
    for _ in range(2):
        assert reader.get(f"{ADDRESS}?{query}").status_code == 200
    assert site.made == ["agir", "agir"]
    assert len(pages) == 0


@pytest.mark.parametrize(
    "headers", [{"HX-Request": "true"}, {"Authorization": "Token x"}], ids=["htmx", "token"]
)
def test_another_kind_of_request_goes_to_the_view(reader, headers):
    reader.get(ADDRESS)
    reader.get(ADDRESS, headers=headers)
    reader.get(ADDRESS)
    assert site.made == ["agir", "agir"]


@pytest.mark.parametrize("name", ["SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME"])
def test_a_session_or_a_form_goes_to_the_view_and_is_not_kept(reader, name):
    reader.cookies[getattr(django_settings, name)] = "a" * 32
    reader.get(ADDRESS)
    reader.get(ADDRESS)
    assert site.made == ["agir", "agir"]
    assert len(pages) == 0


def test_a_signed_in_person_never_gets_nor_leaves_a_kept_page(reader, client):
    reader.get(ADDRESS)
    client.force_login(get_user_model().objects.create_user("a@example.org", "x" * 12))
    response = client.get(ADDRESS)
    assert site.made == ["agir", "agir"]
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


@pytest.mark.parametrize("address", ["/cookie/", "/formulaire/", "/prive/", "/parti/", "/libre/"])
def test_what_is_not_the_same_for_all_is_not_kept(reader, client, address):
    for visitor in (reader, client):
        visitor.get(address)
    assert len(site.made) == 2
    assert len(pages) == 0


def test_another_host_or_scheme_has_its_own_page(reader):
    reader.get(ADDRESS, headers={"host": "localhost"})
    reader.get(ADDRESS, headers={"host": "127.0.0.1"})
    reader.get(ADDRESS, headers={"host": "localhost"}, secure=True)
    assert len(site.made) == 3


def test_a_forged_host_gets_nothing_from_memory(reader):
    reader.get(ADDRESS, headers={"host": "localhost"})
    assert reader.get(ADDRESS, headers={"host": "intrus.example.net"}).status_code == 400


def test_post_is_refused_and_never_answered_with_the_kept_page(reader):
    reader.get(ADDRESS)
    answer = reader.post(ADDRESS)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert len(site.made) == 1


def test_head_is_answered_from_memory_but_keeps_nothing(reader):
    assert reader.head(ADDRESS).content == b""
    assert len(pages) == 0
    full = reader.get(ADDRESS)
    head = reader.head(ADDRESS)
    assert site.made == ["agir", "agir"]
    assert head["Content-Length"] == full["Content-Length"] == str(len(full.content))


@pytest.mark.parametrize("first", ["", "gzip, br"])
def test_each_browser_gets_the_encoding_it_takes(reader, first):
    plain = reader.get("/fiche/temoin/").content.replace(b"temoin", b"agir")
    for accepted in (first, "gzip", "", "gzip"):
        response = reader.get(ADDRESS, headers={"Accept-Encoding": accepted})
        packed = "gzip" in accepted
        assert response.headers.get("Content-Encoding") == ("gzip" if packed else None)
        assert "Accept-Encoding" in response["Vary"]
        body = gzip.decompress(response.content) if packed else response.content
        assert body == plain
        assert response["Content-Length"] == str(len(response.content))
    assert site.made == ["temoin", "agir"]


def test_a_browser_that_has_the_page_gets_304(reader):
    etag = reader.get(ADDRESS)["ETag"]
    response = reader.get(ADDRESS, headers={"If-None-Match": f'"autre", {etag}'})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag
    assert "Content-Type" not in response.headers
    raise_version()
    # The same words published again: still nothing to send.
    assert reader.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304
    for told in (etag.removeprefix("W/"), f"W/{etag.removeprefix('W/')}", "*"):
        assert reader.get(ADDRESS, headers={"If-None-Match": told}).status_code == 304
    assert reader.get(ADDRESS, headers={"If-None-Match": '"autre"'}).status_code == 200
    assert len(site.made) == 2


def test_browsers_ask_each_time(reader):
    assert reader.get(ADDRESS)["Cache-Control"] == "no-cache"


def test_every_reading_is_counted_kept_or_not(reader):
    etag = reader.get(ADDRESS)["ETag"]
    reader.get(ADDRESS)
    reader.get(ADDRESS, headers={"If-None-Match": etag})
    reader.get(ADDRESS + "?inconnu=1")
    reader.head(ADDRESS)
    assert site.read == [("sheet", "agir")] * 4


def test_off_by_its_setting(reader, settings, django_assert_num_queries):
    settings.PAGECACHE_BYTES = 0
    with django_assert_num_queries(0):
        reader.get(ADDRESS)
        assert "ETag" not in reader.get(ADDRESS).headers
    assert len(site.made) == 2
    assert len(site.read) == 2


def test_a_kept_page_leaves_its_route_to_the_logs(reader, caplog):
    from cops.http.current import route

    reader.get(ADDRESS)
    assert route(reader.get(ADDRESS).wsgi_request) == "fiche/<slug:slug>/"


@pytest.mark.parametrize("refusal", ["gzip;q=0", "br, gzip; q=0.0, *;q=0.5"])
def test_who_refuses_compression_gets_none(reader, refusal):
    for _ in range(2):
        answer = reader.get(ADDRESS, headers={"Accept-Encoding": refusal})
        assert "Content-Encoding" not in answer.headers
        assert answer.content.startswith(b"agir")


def test_raw_letters_are_not_kept_under_the_name_of_others(reader):
    raw = "é".encode().decode("latin-1")
    reader.get(ADDRESS, QUERY_STRING=f"v={raw}")
    assert b"\xc3\x83" in reader.get(f"{ADDRESS}?v=%C3%83%C2%A9").content
