from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cops.formats import count_fr
from cops.privacy.journal import journal_path, journal_write
from cops.privacy.replaying import erasures_replay


class Command(BaseCommand):
    help = (
        "Après la restauration d’une sauvegarde, efface de nouveau les personnes qui étaient "
        "parties depuis. À lancer avant de rouvrir le portail ; peut être relancé sans risque."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--journal",
            type=Path,
            help="le journal des effacements (par défaut, celui du réglage ERASURE_JOURNAL)",
        )
        parser.add_argument(
            "--without-file",
            action="store_true",
            help="accepte que le journal manque (aucune personne n’est encore partie)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["journal"] or journal_path()
        if not path.exists():
            if not options["without_file"]:
                raise CommandError(
                    f"Le journal {path} n’existe pas. Sans lui, des personnes effacées "
                    "reviendraient. Donnez le bon chemin avec --journal, ou --without-file si "
                    "personne n’est jamais parti."
                )
            path = None
        replay = erasures_replay(path=path)
        journal_write()
        self.stdout.write(
            f"Journal : {count_fr(replay.lines, 'ligne,lignes')}. "
            f"Effacées de nouveau : {count_fr(replay.erased, 'personne,personnes')}."
        )
