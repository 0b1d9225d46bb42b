from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from cops.accounts.services.seeds import seeds_reencrypt


class Command(BaseCommand):
    help = "Réécrit les graines des secondes preuves sous la clé la plus récente."

    def handle(self, *args: Any, **options: Any) -> None:
        done, lost = seeds_reencrypt()
        self.stdout.write(f"Graines réécrites : {done}.")
        if lost:
            self.stderr.write(
                f"Illisibles avec les clés connues : {lost}. Rendez l’ancienne clé à "
                "ENCRYPTION_KEYS (ou SECRET_KEY_FALLBACKS), puis recommencez."
            )
