"""Roles beside member, team and administrator: apps add theirs, in their registrations.

    register_role("reader-patient", "Lecteur patient", "Lit les expériences proposées.")

An administrator gives it in the admin (or a service by ``role_give``), a view asks for it by
``perms.role_required("reader-patient")``, a template or a rule by ``user.has_role(…)``. A role
that depends on an object (referent of one structure) is a row of that app, not one of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")
_roles: dict[str, ExtraRole] = {}


@dataclass(frozen=True, slots=True)
class ExtraRole:
    """``description`` tells, in a sentence, what the role lets one do."""

    key: str
    label: str
    description: str


def register_role(key: str, label: str, description: str) -> ExtraRole:
    """Adds a role; raises ValueError for a key that is not a slug, or that is taken."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"a role is named like « reader-patient », not {key!r}")
    role = ExtraRole(key, label, description)
    if _roles.setdefault(key, role) != role:
        raise ValueError(f"two apps register the role {key!r}")
    return role


def extra_roles() -> list[ExtraRole]:
    """Every role that an app added, by label."""
    return sorted(_roles.values(), key=lambda role: (role.label, role.key))


def find_role(key: str) -> ExtraRole | None:
    return _roles.get(key)
