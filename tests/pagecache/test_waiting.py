"""« Nothing new » for the screens that wait: before Django's own middleware, in one row."""

import threading

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory

from cops.pagecache import waiting
from cops.pagecache.quick import QuickRead

HEADERS = {"Cache-Control": "no-store"}


@pytest.fixture
def steps(monkeypatch):
    """The steps of the screens « /attente/<name>/ »."""
    known: dict[str, int] = {"a": 3}
    monkeypatch.setattr(waiting, "_waiting", [])
    waiting.register_waiting(
        r"/attente/(\w+)/", known.get, route="attente/<str:nom>/", headers=HEADERS
    )
    return known


def _ask(path: str, method: str = "get", **headers: str):
    return getattr(Client(), method)(path, headers=headers)


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_screen_that_was_told_is_told_nothing_new(steps, method):
    answer = _ask("/attente/a/", method, if_none_match='"3"')
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == '"3"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"  # the headers of every answer
    assert "Content-Type" not in answer.headers
    assert not answer.cookies


@pytest.mark.parametrize(
    ("path", "method", "told"),
    [
        ("/attente/a/", "get", '"2"'),
        ("/attente/a/", "get", ""),
        ("/attente/a/", "get", "*"),
        ("/attente/b/", "get", '"3"'),
        ("/attente/a/plus/", "get", '"3"'),
        ("/avant/attente/a/", "get", '"3"'),
        ("/attente/a/", "post", '"3"'),
        ("/attente/a/", "delete", '"3"'),
    ],
)
def test_all_else_is_the_views_own(steps, path, method, told):
    request = RequestFactory().generic(method.upper(), path, HTTP_IF_NONE_MATCH=told)
    assert waiting.nothing_new(request) is None


def test_a_screen_is_told_as_soon_as_its_step_is_raised(steps):
    request = RequestFactory().get("/attente/a/", HTTP_IF_NONE_MATCH='"3"')
    assert waiting.nothing_new(request).status_code == 304
    steps["a"] = 4
    assert waiting.nothing_new(request) is None


def test_two_registrations_are_one(steps):
    before = list(waiting._waiting)
    waiting.register_waiting(
        r"/attente/(\w+)/", steps.get, route="attente/<str:nom>/", headers=HEADERS
    )
    assert len(waiting._waiting) == len(before)


# --- the row ----------------------------------------------------------------------------------

READ = QuickRead("essai", "SELECT $1::text || 'é', 2 WHERE $2::text <> 'rien'")
OTHER = QuickRead("autre", "SELECT $1::text")


@pytest.mark.django_db(transaction=True)
def test_a_row_is_read_with_its_texts_inside_and_outside_a_transaction():
    connection.ensure_connection()
    for _ in range(2):
        assert READ.row("a'b", "%s $1") == ("a'bé".encode(), b"2")
        assert OTHER.row("x") == (b"x",)
        assert READ.row("a", "rien") is None
    with transaction.atomic():
        assert READ.row("a'b", "%s $1") == ("a'bé", 2)
        assert READ.row("a", "rien") is None


@pytest.mark.parametrize("read_already", [True, False])
@pytest.mark.django_db(transaction=True)
def test_a_row_is_read_over_a_connection_that_the_server_cut(read_already):
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    if read_already:
        READ.row("a", "b")

    def cut():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        connection.close()

    thread = threading.Thread(target=cut)
    thread.start()
    thread.join()
    assert READ.row("a", "b") == ("aé", 2)
    assert READ.row("a", "b") == ("aé".encode(), b"2")


@pytest.mark.django_db(transaction=True)
def test_a_row_is_read_in_a_session_that_forgot_its_statements():
    READ.row("a", "b")
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")  # as a pooler does between two clients
    assert READ.row("a", "b") == ("aé".encode(), b"2")
    assert connection.is_usable()
