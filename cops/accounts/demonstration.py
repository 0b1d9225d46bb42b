"""The accounts of the demonstration: known to everybody, so nowhere else.

Their addresses end in a domain that cannot exist (RFC 2606). Outside the demonstration nobody
signs in or up with one, the command that makes them refuses, and ``check --deploy`` finds the
ones that would have come with a copied database.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings

DOMAIN = "demo.invalid"
PASSWORD = "partenaires-de-demonstration"  # noqa: S105


def is_of_demonstration(email: str) -> bool:
    return email.strip().lower().rstrip(".").endswith((f"@{DOMAIN}", f".{DOMAIN}"))


def may_sign_in(user: Any) -> bool:
    """False for an account of the demonstration anywhere else."""
    return settings.DEMONSTRATION or not is_of_demonstration(user.email)
