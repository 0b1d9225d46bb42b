from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from cops.accounts.demonstration import DOMAIN, PASSWORD
from cops.accounts.enums import Role
from cops.accounts.models import User
from cops.accounts.purposes import TERMS
from cops.accounts.services.consents import consent_give

ACCOUNTS = [
    (f"admin@{DOMAIN}", "Administration (démonstration)", Role.ADMINISTRATOR),
    (f"team@{DOMAIN}", "Équipe COPS (démonstration)", Role.TEAM),
    (f"member@{DOMAIN}", "Membre (démonstration)", Role.MEMBER),
]


class Command(BaseCommand):
    help = "Crée les comptes de démonstration, une seule fois, et les affiche."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Ces comptes n’existent que dans la démonstration.")
        self.stdout.write(f"Comptes de démonstration (mot de passe : {PASSWORD})")
        for email, name, role in ACCOUNTS:
            user = User.objects.filter(email=email).first() or _make(email, name, role)
            # Run again, the demonstration keeps what was changed in it.
            changed = "" if user.check_password(PASSWORD) else ", mot de passe changé depuis"
            self.stdout.write(f"  {email:<20} {Role(user.role).label}{changed}")
        page = settings.SITE_ORIGIN + reverse("accounts:demonstration_code")
        self.stdout.write(f"Les deux premiers demandent un code en plus, affiché ici : {page}")


@transaction.atomic
def _make(email: str, name: str, role: Role) -> User:
    """An account ready to enter: address verified, terms accepted, second factor for the team."""
    user = User.objects.create_user(email, PASSWORD, display_name=name, role=role)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    consent_give(user=user, purpose=TERMS)
    if user.is_staff:
        TOTP.activate(user, generate_totp_secret())
    return user
