"""What a role may do in the admin, without a group or a ticked box per person.

The team manages what the apps say it manages (``team_manages``); accounts are the
administrators' alone, who hold every right through Django's own flag.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from cops.accounts.demonstration import may_sign_in
from cops.accounts.enums import Role

_managed: set[str] = set()


def team_manages(app_label: str) -> None:
    """Let the team see and change the objects of an app; called from its registrations."""
    _managed.add(app_label)


class RoleBackend(ModelBackend):
    """Sign-in by address and password; rights by role."""

    def user_can_authenticate(self, user: Any) -> bool:
        """Asked at each request: an account of the demonstration elsewhere is nobody."""
        return super().user_can_authenticate(user) and may_sign_in(user)

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        app_label = perm.partition(".")[0]
        return _in_team(user_obj, app_label) or super().has_perm(user_obj, perm, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return _in_team(user_obj, app_label) or super().has_module_perms(user_obj, app_label)


def _in_team(user: Any, app_label: str) -> bool:
    return bool(
        app_label in _managed
        and getattr(user, "is_active", False)
        and getattr(user, "role", None) == Role.TEAM
    )
