"""The person who may do everything: made from the command line, where nobody is signed in yet."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from cops.accounts.enums import Role
from cops.accounts.models import User
from cops.accounts.services.roles import ROLE_GIVEN
from cops.audit import record


@transaction.atomic
def administrator_make(*, email: str, name: str = "") -> tuple[User, bool]:
    """The account of that address as an administrator, and whether it is new.

    It has no password: the code that is mailed proves the address, then the second factor is
    asked for before any page of the team.
    """
    user = User.objects.select_for_update().filter(email=email).first()
    fresh = user is None
    if user is None:
        user = User.objects.create_user(email, None, display_name=name)
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=False)
    if user.role != Role.ADMINISTRATOR:
        record(None, ROLE_GIVEN, user, {"role": [user.role, Role.ADMINISTRATOR.value]})
        user.role = Role.ADMINISTRATOR
        user.save(update_fields=["role", "is_superuser"])
    return user, fresh
