"""`manage.py after_restore`: what a backup cannot know, done once it is back in place."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, call_command

from cops.exports.tidying import exports_expire_missing
from cops.formats import count_fr
from cops.mail import outbox
from cops.pagecache import raise_version


class Command(BaseCommand):
    help = "Termine la remise en place d’une sauvegarde ; sans danger si on la relance."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--without-journal",
            action="store_true",
            help="accepte que le journal des effacements manque (personne n’est encore parti)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("prepare_release", stdout=self.stdout)
        # Before anything can be read or sent: who left since must not be there again.
        call_command("replay_erasures", without_file=options["without_journal"], stdout=self.stdout)
        held = outbox.hold_restored()
        if held:
            self.stdout.write(
                f"{count_fr(held, 'courriel attend,courriels attendent')} votre décision : "
                "la sauvegarde ne sait pas s’il est parti depuis (page « Courriels »)."
            )
        exports_expire_missing()
        raise_version()
        self.stdout.write("La sauvegarde est en place : le site peut être relancé.")
