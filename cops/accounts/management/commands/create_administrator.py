"""`manage.py create_administrator ADRESSE`: the first person who may do everything."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from cops.accounts.demonstration import is_of_demonstration
from cops.accounts.managers import normalise_email
from cops.accounts.services.administrators import administrator_make


class Command(BaseCommand):
    help = (
        "Crée le compte d’une administratrice ou d’un administrateur, ou donne ce rôle à un "
        "compte qui existe. La personne se connecte par un code reçu par courriel, puis choisit "
        "son second facteur."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("adresse", help="son adresse électronique")
        parser.add_argument("--nom", default="", help="son nom affiché")

    def handle(self, *args: Any, **options: Any) -> None:
        email = normalise_email(options["adresse"])
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"« {email} » n’est pas une adresse électronique.") from None
        if is_of_demonstration(email):
            raise CommandError("Cette adresse est celle de la démonstration.")
        user, fresh = administrator_make(email=email, name=options["nom"])
        page = settings.SITE_ORIGIN + reverse("account_request_login_code")
        what = "Compte créé" if fresh else "Rôle donné au compte existant"
        self.stdout.write(
            f"{what} : {user.email}, administration.\n"
            f"1. Ouvrez {page}\n"
            "2. Tapez cette adresse, puis le code reçu par courriel.\n"
            "3. Choisissez le second facteur et gardez les codes de secours au coffre."
        )
