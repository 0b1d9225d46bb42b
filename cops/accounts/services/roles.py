"""Giving and taking back the roles that apps add."""

from __future__ import annotations

from django.db import transaction

from cops.accounts.models import RoleGrant, User
from cops.accounts.roles import find_role
from cops.audit import record

ROLE_GIVEN = "account.role_given"
ROLE_TAKEN = "account.role_taken"


class UnknownRole(LookupError):
    """No app registered this role."""


@transaction.atomic
def role_give(*, user: User, role: str, by: User | None) -> RoleGrant:
    """Gives ``role``; the same grant when the person has it already. Raises UnknownRole."""
    if find_role(role) is None:
        raise UnknownRole(role)
    grant, new = RoleGrant.objects.get_or_create(user=user, role=role, defaults={"given_by": by})
    if new:
        record(by, ROLE_GIVEN, user, {"role": [None, role]})
    return grant


@transaction.atomic
def role_take(*, user: User, role: str, by: User | None) -> bool:
    """Takes ``role`` back; False when the person did not have it."""
    count, _ = RoleGrant.objects.filter(user=user, role=role).delete()
    if count:
        record(by, ROLE_TAKEN, user, {"role": [role, None]})
    return count > 0
