"""The pages of « Mon compte »: ours, and those that apps add in their registrations.

register_account_page("Mon classeur", "resources:binder", "Les fiches gardées.", order=60)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class AccountPage:
    """``description`` says in a sentence what one does there."""

    label: str
    url_name: str
    description: str
    order: int


_pages: dict[str, AccountPage] = {}


def register_account_page(label: str, url_name: str, description: str, order: int) -> None:
    """Adds a page to the menu of the account; registered again, it is replaced."""
    _pages[url_name] = AccountPage(label, url_name, description, order)


def account_pages() -> list[AccountPage]:
    return sorted(_pages.values(), key=lambda page: (page.order, page.label))


def home_of(user: Any) -> str:
    """Where a person arrives after signing in: the team at its work, others in their account."""
    if getattr(user, "is_staff", False):
        return reverse("pages:todo")
    return reverse("accounts:home")
