"""The backend: when a connection is held for dead, and what a prepared statement gives."""

from collections.abc import Sequence

import pytest
from django.db import connection, connections, transaction
from django.db.utils import NotSupportedError, OperationalError, ProgrammingError
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nobody_inherits_a_dead_connection(transactional_db):
    yield
    connection.close()


def _elsewhere(sql: str, values: Sequence[object] = ()) -> None:
    """In another session, as another process of the site would."""
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute(sql, values or None)
    finally:
        other.close()


def _end_the_session() -> None:
    """From another session, as a server that restarts would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()
    _elsewhere("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_a_living_connection_is_seen_without_a_question(django_assert_num_queries):
    connection.ensure_connection()
    sent = connection.connection.pgconn.socket
    with django_assert_num_queries(0):
        assert connection.is_usable()
    assert connection.connection.pgconn.socket == sent


def test_a_session_that_the_server_ended_is_not_usable():
    connection.ensure_connection()
    _end_the_session()
    assert not connection.is_usable()


def test_a_notice_that_waits_is_no_death():
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("LISTEN somebody")
    _elsewhere("NOTIFY somebody")
    assert connection.is_usable()
    with connection.cursor() as cursor:
        cursor.execute("UNLISTEN *")


def test_a_transaction_that_failed_is_not_usable_until_its_end():
    with transaction.atomic():
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute("SELECT nothing_of_that_name")
        assert not connection.is_usable()
        transaction.set_rollback(True)
    assert connection.is_usable()


def test_without_a_connection_nothing_is_usable():
    connection.close()
    assert not connection.is_usable()


def test_a_request_after_a_restart_opens_a_new_connection(client):
    assert client.get("/ressources/").status_code == 200
    _end_the_session()
    connection.health_check_done = False  # as at the beginning of a request
    assert client.get("/ressources/").status_code == 200


def test_a_prepared_statement_is_parsed_once_and_counted(django_assert_num_queries):
    with django_assert_num_queries(2):
        for word in ("un", "deux"):
            with connection.prepared_cursor() as cursor:
                cursor.execute("SELECT %s::text", [word])
                assert cursor.fetchall() == [(word,)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%1::text%'"
        )
        assert cursor.fetchone() == (1,)


def test_what_a_prepared_statement_ran_is_told_with_its_values():
    with CaptureQueriesContext(connection) as captured, connection.prepared_cursor() as cursor:
        cursor.execute("SELECT %s::text", ["l’été"])
    assert [query["sql"] for query in captured] == ["SELECT 'l’été'::text"]


def test_a_prepared_statement_of_a_lost_session_is_parsed_anew():
    sql = "SELECT %s::text || ' fois'"
    with connection.prepared_cursor() as cursor:
        cursor.execute(sql, ["une"])
    _end_the_session()
    with pytest.raises(OperationalError), connection.prepared_cursor() as cursor:
        cursor.execute(sql, ["deux"])
    connection.close()
    with connection.prepared_cursor() as cursor:
        cursor.execute(sql, ["trois"])
        assert cursor.fetchall() == [("trois fois",)]


@pytest.fixture
def table():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE while_running (word varchar(5))")
        cursor.execute("INSERT INTO while_running VALUES ('mot')")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE while_running")


def _migrate() -> None:
    """From another session: the driver forgets by itself what it altered in its own."""
    _elsewhere("ALTER TABLE while_running ALTER COLUMN word TYPE varchar(50)")


def test_a_migration_while_the_site_runs_breaks_no_prepared_statement(table):
    sql = "SELECT word FROM while_running WHERE word = %s"
    assert connection.prepared_rows(sql, ["mot"]) == [("mot",)]
    _migrate()
    assert connection.prepared_rows(sql, ["mot"]) == [("mot",)]


def test_a_session_that_forgot_its_statements_breaks_none(table):
    sql = "SELECT word FROM while_running WHERE word = %s"
    assert connection.prepared_rows(sql, ["mot"]) == [("mot",)]
    connection.connection.pgconn.exec_(b"DEALLOCATE ALL")  # unknown to the driver, as by a pooler
    assert connection.prepared_rows(sql, ["mot"]) == [("mot",)]


def test_another_fault_is_not_asked_twice(table, django_assert_num_queries):
    with django_assert_num_queries(1), pytest.raises(ProgrammingError):
        connection.prepared_rows("SELECT nothing FROM while_running WHERE word = %s", ["mot"])


def test_in_a_transaction_nothing_is_begun_again(table):
    sql = "SELECT word FROM while_running WHERE word = %s"
    connection.prepared_rows(sql, ["mot"])
    _migrate()
    with transaction.atomic():
        with pytest.raises(NotSupportedError):
            connection.prepared_rows(sql, ["mot"])
        transaction.set_rollback(True)


def test_making_or_dropping_a_whole_database_has_no_time_limit():
    """At the end of a long run a busy disk may take longer than any page is allowed."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("10s",)
