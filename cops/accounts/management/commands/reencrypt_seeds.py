from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cops.encryption import rewriters


class Command(BaseCommand):
    help = "Réécrit ce qui est chiffré (secondes preuves, rappels) sous la clé la plus récente."

    def handle(self, *args: Any, **options: Any) -> None:
        lost = 0
        for label, rewrite in rewriters().items():
            done, unread = rewrite()
            self.stdout.write(f"{label} : {done}.")
            lost += unread
        if lost:
            self.stderr.write(
                f"Illisibles avec les clés connues : {lost}. Rendez l’ancienne clé à "
                "ENCRYPTION_KEYS (ou SECRET_KEY_FALLBACKS), puis recommencez."
            )
