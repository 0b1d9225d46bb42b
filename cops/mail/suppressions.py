"""Who no longer gets which mails."""

from __future__ import annotations

from cops.mail.enums import SuppressionReason
from cops.mail.models import Suppression
from cops.secrets import digests


def address_hashes(address: str) -> list[str]:
    """The hash under which an address is kept, then those of the former keys, still looked up."""
    return digests(address.strip().lower(), purpose="mail.suppression")


def is_suppressed(address: str, category: str) -> bool:
    return Suppression.objects.filter(
        address_hash__in=address_hashes(address), category=category
    ).exists()


def suppression_add(*, address: str, category: str, reason: SuppressionReason) -> bool:
    """No more mail of this category to this address; False when it was so already."""
    if is_suppressed(address, category):
        return False
    _, new = Suppression.objects.get_or_create(
        address_hash=address_hashes(address)[0], category=category, defaults={"reason": reason}
    )
    return new


def suppression_lift(*, address: str, category: str) -> bool:
    """Mails of this category go there again; False when they already did."""
    erased, _ = Suppression.objects.filter(
        address_hash__in=address_hashes(address), category=category
    ).delete()
    return bool(erased)


def suppressed_categories(address: str) -> list[Suppression]:
    """What an address no longer gets."""
    return list(
        Suppression.objects.filter(address_hash__in=address_hashes(address)).order_by("category")
    )
