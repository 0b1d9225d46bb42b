"""After a test that committed, the next one finds an empty database."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from cops.audit.models import Entry
from tests.accounts.people import person
from tests.emptying import KEPT, empty

pytestmark = pytest.mark.django_db(transaction=True)


def _rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def test_nothing_stays_but_what_the_migrations_left():
    kept = ContentType.objects.count(), Permission.objects.count()
    author = person("administrator")
    Entry.objects.create(actor=author, action="un.essai")
    empty(connection)
    assert {table for table, rows in _rows().items() if rows} == KEPT
    assert (ContentType.objects.count(), Permission.objects.count()) == kept
