"""The floor: one smtplib connection in a loop that builds the same mails and commits one row
before and one after each.

    python -m tests.benchmarks.plain_mail <port>
"""

from __future__ import annotations

import os
import smtplib
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings")


def main(port: int) -> None:
    import django
    from django.conf import settings

    django.setup()
    from cops.mail.building import build
    from cops.mail.outbox import Row
    from tests.benchmarks.data import server
    from tests.benchmarks.mail import MAILS, TEXT

    name = settings.DATABASES["default"]["NAME"]
    with server(name) as database, smtplib.SMTP("127.0.0.1", port) as smtp:
        database.execute("DROP TABLE IF EXISTS bench_plain_mail")
        database.execute("CREATE TABLE bench_plain_mail (id int PRIMARY KEY, state text)")
        for number in range(MAILS):
            row = Row(
                number, f"{number:022d}", f"personne{number}@example.org", "mesure", True,
                f"Votre inscription à l’atelier n° {number}", TEXT, "", 0,
            )  # fmt: skip
            content = build(row).message().as_bytes(linesep="\r\n")
            database.execute("INSERT INTO bench_plain_mail VALUES (%s, 'begun')", [number])
            smtp.sendmail("cops@example.org", [row.to], content)
            database.execute("UPDATE bench_plain_mail SET state = 'sent' WHERE id = %s", [number])


if __name__ == "__main__":
    main(int(sys.argv[1]))
