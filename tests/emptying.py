"""After a test that committed: the tables it filled are emptied, and no others are touched.

Django truncates them all and makes the permissions anew, which took a tenth of the whole suite.
"""

from __future__ import annotations

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

# What the migrations leave, the same for every test.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}


def empty_only_what_was_filled() -> None:
    """From now on, for every test with ``transaction=True``."""
    TransactionTestCase._fixture_teardown = _teardown  # type: ignore[attr-defined]


def _teardown(case: TransactionTestCase) -> None:
    for name in case._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
        empty(connections[name])


def empty(connection: BaseDatabaseWrapper) -> None:
    """Leaves no row but those of ``KEPT``."""
    tables = [
        connection.ops.quote_name(table)
        for table in connection.introspection.table_names()
        if table not in KEPT
    ]
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in tables
    )
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(asked)
        filled = [table for (table,) in cursor.fetchall()]
        # The journal refuses what is not said to be an erasure; keys are looked at at the end.
        cursor.execute("SELECT set_config('cops.audit_erasure', 'allowed', true)")
        for table in filled:
            cursor.execute(f"DELETE FROM {table}")
