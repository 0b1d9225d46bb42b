"""A kept answer whose body is a file: headers in memory, bytes on disk."""

import pytest

from cops.pagecache import raise_version
from cops.pagecache.store import pages
from tests.pagecache import site

ADDRESS = "/fichier/"


@pytest.fixture
def file(tmp_path):
    site.file = tmp_path / "document.pdf"
    site.file.write_bytes(b"%PDF-1.7 " + b"x" * 5_000)
    return site.file


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_the_file_is_sent_again_without_the_view(reader, file, django_assert_num_queries):
    first = reader.get(ADDRESS)
    with django_assert_num_queries(1):
        second = reader.get(ADDRESS)
    assert site.made == ["file"]
    assert body(first) == body(second) == file.read_bytes()
    for response in (first, second):
        response.headers.pop("X-Request-ID")
    assert dict(first.headers.items()) == dict(second.headers.items())
    assert second["Content-Length"] == "5009"
    assert site.read == [("file", ""), ("file", "")]


def test_bytes_do_not_weigh_on_memory(reader, file):
    body(reader.get(ADDRESS))
    assert 0 < pages.weight < 4_000


def test_who_has_the_file_gets_304(reader, file):
    body(reader.get(ADDRESS))
    response = reader.get(ADDRESS, headers={"if-none-match": '"abc"'})
    assert (response.status_code, response.content) == (304, b"")


def test_a_file_that_is_gone_goes_to_the_view(reader, file):
    body(reader.get(ADDRESS))
    site.file = file.with_name("autre.pdf")
    site.file.write_bytes(b"autre")
    file.unlink()
    assert body(reader.get(ADDRESS)) == b"autre"
    assert site.made == ["file", "file"]
    assert site.read == [("file", ""), ("file", "")]


def test_publishing_makes_it_stale(reader, file):
    body(reader.get(ADDRESS))
    raise_version()
    body(reader.get(ADDRESS))
    assert site.made == ["file", "file"]
