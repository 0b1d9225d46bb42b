"""A time machine that takes Postgres along: what is on view goes by the clock of the base."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import time_machine
from django.db import connection

# Postgres looks a function up along the path: ours stands before its own, in this transaction.
_FUNCTION = """
    CREATE SCHEMA IF NOT EXISTS time_machine;
    CREATE OR REPLACE FUNCTION time_machine.statement_timestamp() RETURNS timestamptz
    LANGUAGE sql STABLE AS $$ SELECT current_setting('time_machine.now')::timestamptz $$;
    CREATE OR REPLACE FUNCTION time_machine.now() RETURNS timestamptz
    LANGUAGE sql STABLE AS $$ SELECT current_setting('time_machine.now')::timestamptz $$;
    SET LOCAL search_path = time_machine, public, pg_catalog;
"""


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Python and this transaction's Postgres live at ``moment``."""
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION)
        cursor.execute("SELECT set_config('time_machine.now', %s, true)", [moment.isoformat()])
    with time_machine.travel(moment, tick=False):
        yield
