"""What changes of a person, beside what allauth does."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from cops.accounts.models import User
from cops.audit import record

ACCOUNT_CHANGED = "account.changed"
TOLD = ("role", "is_active")  # never an address: the audit outlives it


@transaction.atomic
def person_rename(*, user: User, name: str) -> None:
    """The name that others read; spaces in excess are taken out."""
    user.display_name = " ".join(name.split())
    user.save(update_fields=["display_name"])


@transaction.atomic
def account_change(*, user: User, before: User | None, by: User) -> None:
    """An administrator made or changed an account by hand; saves it and says so in the audit.

    A new address is verified by the person, by code, at the next sign-in.
    """
    user.save()
    addresses = EmailAddress.objects.filter(user=user)
    addresses.exclude(email=user.email).delete()
    if not addresses.exists():
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=False)
    changes = {
        name: [getattr(before, name, None), getattr(user, name)]
        for name in TOLD
        if getattr(before, name, None) != getattr(user, name)
    }
    if before is not None and before.email != user.email:
        changes["email"] = ["", ""]
    if changes:
        record(by, ACCOUNT_CHANGED, user, changes)
