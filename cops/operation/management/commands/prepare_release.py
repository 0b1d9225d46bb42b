"""`manage.py prepare_release`: the database brought to the level of the code, the site running."""

from __future__ import annotations

import time
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

LOCK_CLASS = 7302  # of Postgres' advisory locks: one preparation at a time
TRIES = 60
PAUSE = 2.0  # seconds


class Command(BaseCommand):
    help = "Met la base au niveau du code : migrations, puis table du cache."

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            # An index of a large table takes longer than a page may; but a table that readers
            # are waiting for is given back after a second, and asked for again.
            cursor.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
            cursor.execute("SET lock_timeout = 0")
            cursor.execute("SELECT pg_advisory_lock(%s, 0)", [LOCK_CLASS])
            cursor.execute("SET lock_timeout = '1s'")
        self._migrate()
        call_command("createcachetable", verbosity=0, stdout=self.stdout)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, 0)", [LOCK_CLASS])
        self.stdout.write("La base est au niveau du code.")

    def _migrate(self) -> None:
        for _ in range(TRIES):
            try:
                call_command("migrate", interactive=False, verbosity=1, stdout=self.stdout)
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                self.stdout.write("Une table est occupée : nouvel essai dans deux secondes.")
                time.sleep(PAUSE)
            else:
                return
        raise CommandError(
            "Une table est restée occupée : arrêtez web et worker, puis recommencez."
        )
