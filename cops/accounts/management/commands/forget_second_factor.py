"""`manage.py forget_second_factor ADRESSE`: for who lost it, and the recovery codes too."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cops.accounts.managers import normalise_email
from cops.accounts.models import User
from cops.accounts.services.second_factors import second_factor_forget


class Command(BaseCommand):
    help = (
        "Retire le second facteur d’une personne qui l’a perdu avec ses codes de secours, ferme "
        "ses sessions et l’en avertit. Vérifiez d’abord son identité de vive voix."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("adresse", help="son adresse électronique")

    def handle(self, *args: Any, **options: Any) -> None:
        email = normalise_email(options["adresse"])
        user = User.objects.filter(email=email).first()
        if user is None:
            raise CommandError(f"Aucun compte à cette adresse : {email}")
        if not second_factor_forget(user=user):
            raise CommandError(f"Ce compte n’a pas de second facteur : {email}")
        self.stdout.write(
            f"Second facteur retiré : {email}. La personne est avertie par courriel et en "
            "choisira un autre à sa prochaine connexion."
        )
