from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cops.accounts.enums import Role
from cops.accounts.models import User

# Known to everybody who reads this: hence the refusal outside the demonstration.
PASSWORD = "partenaires-de-demonstration"  # noqa: S105
ACCOUNTS = [
    ("admin@demo.invalid", "Administration (démonstration)", Role.ADMINISTRATOR),
    ("team@demo.invalid", "Équipe COPS (démonstration)", Role.TEAM),
    ("member@demo.invalid", "Membre (démonstration)", Role.MEMBER),
]


class Command(BaseCommand):
    help = "Crée les comptes de démonstration, une seule fois, et les affiche."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Ces comptes n’existent que dans la démonstration.")
        self.stdout.write(f"Comptes de démonstration (mot de passe : {PASSWORD})")
        for email, name, role in ACCOUNTS:
            user = User.objects.filter(email=email).first()
            if user is None:
                user = User.objects.create_user(email, PASSWORD, display_name=name, role=role)
            # Run again, the demonstration keeps what was changed in it.
            changed = "" if user.check_password(PASSWORD) else ", mot de passe changé depuis"
            self.stdout.write(f"  {email:<20} {Role(user.role).label}{changed}")
