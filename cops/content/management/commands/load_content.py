from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cops.content.faults import ContentFaults
from cops.content.services import Outcome, content_load, content_read


class Command(BaseCommand):
    help = "Charge le contenu de départ (lexique, références, ressources, quiz, argumentaires)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Relit les fichiers sans rien charger."
        )
        parser.add_argument(
            "--root", type=Path, help="Dossier qui tient lieu de racine du dépôt (essais)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        root = options["root"].absolute() if options["root"] else None
        try:
            if options["check"]:
                reading = content_read(root=root)
                total = sum(len(items) for items in reading.items.values())
                self.stdout.write(f"Contenu relu : {total} éléments, aucune erreur.")
                return
            self.report(content_load(root=root))
        except ContentFaults as error:
            count = len(error.faults)
            mistakes = "1 erreur" if count == 1 else f"{count} erreurs"
            raise CommandError(f"{error}\n{mistakes} : rien n’a été chargé.") from None

    def report(self, outcome: Outcome) -> None:
        for label, slug in outcome.kept:
            self.stdout.write(f"Gardé tel quel, car modifié depuis : {label} « {slug} ».")
        for label, slug in outcome.archived:
            self.stdout.write(f"Retiré, car disparu des fichiers : {label} « {slug} ».")
        self.stdout.write(
            f"Contenu chargé : {len(outcome.created)} créés, {len(outcome.updated)} mis à jour,"
            f" {len(outcome.restored)} rétablis, {len(outcome.archived)} retirés,"
            f" {len(outcome.kept)} gardés, {outcome.unchanged} inchangés."
        )
