from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

from cops.accounts.enums import Role

if TYPE_CHECKING:
    from cops.accounts.models import User


def normalise_email(email: str) -> str:
    """The one spelling under which an address is kept and looked up.

    The whole address is lowered, not the domain alone: people type their own
    address with a capital on a phone, and no mail host in use tells both apart.
    """
    return email.strip().lower()


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=normalise_email(username or ""))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person with the role member; raises ValueError without an address."""
        if not email.strip():
            raise ValueError("Une adresse électronique est nécessaire.")
        user = self.model(email=normalise_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator: every right, through Django's own superuser flag."""
        fields["role"] = Role.ADMINISTRATOR
        return self.create_user(email, password, **fields)
