"""What changes of a person, beside what allauth does."""

from __future__ import annotations

from django.db import transaction

from cops.accounts.models import User


@transaction.atomic
def person_rename(*, user: User, name: str) -> None:
    """The name that others read; spaces in excess are taken out."""
    user.display_name = " ".join(name.split())
    user.save(update_fields=["display_name"])
