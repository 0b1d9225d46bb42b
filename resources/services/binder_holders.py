"""Whose a binder is: started with a cookie or an account, taken along, copied, deleted."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from cops.secrets import digest, random_name
from resources.models import Binder, Resource
from resources.models.binders import (
    BINDERS_AT_MOST,
    COOKIE_PURPOSE,
    DEFAULT_NAME,
    ITEMS_AT_MOST,
    end_without_account,
)
from resources.services.binders import TOO_MANY, binder_fill, locked


def binder_start() -> tuple[Binder, str]:
    """A binder without account, and the secret that opens it, to be put in a cookie."""
    secret = random_name()
    made = Binder.objects.create(
        key_digest=digest(secret, purpose=COOKIE_PURPOSE), expires_at=end_without_account()
    )
    return made, secret


@transaction.atomic
def binder_start_owned(*, owner: Any, name: str = "") -> Binder:
    """One more binder for an account, at once the one in use. Raises ValidationError."""
    _lock_owner(owner)
    if Binder.objects.filter(owner=owner).count() >= BINDERS_AT_MOST:
        raise ValidationError(TOO_MANY, code="too_many")
    made = Binder(owner=owner, name=" ".join(name.split()) or DEFAULT_NAME)
    made.full_clean(exclude=["owner", "key_digest", "share_digest"])
    made.save()
    return made


def _lock_owner(owner: Any) -> None:
    get_user_model().objects.select_for_update().get(pk=owner.pk)


@transaction.atomic
def binder_adopt(*, owner: Any, secret: str) -> Binder | None:
    """At sign-in, what was kept without account follows; nothing is lost, no link breaks.

    A binder that was neither named nor shared is poured into the one in use, if it fits;
    else it is kept beside the others, even one more than an account may start.
    """
    found = Binder.objects.held_by(None, secret).select_for_update().first()
    if found is None:
        return None
    _lock_owner(owner)
    resources = list(
        Resource.objects.filter(binder_items__binder=found).order_by("binder_items__position")
    )
    present = Binder.objects.filter(owner=owner).order_by("-chosen_at", "-pk").first()
    plain = found.name == DEFAULT_NAME and not found.is_shared
    if present is not None and plain and _fits(present, resources):
        versions = dict(found.items.values_list("resource_id", "version"))
        binder_fill(binder=present, resources=resources, versions=versions)
        found.delete()
        return present
    found.owner, found.key_digest, found.expires_at = owner, None, None
    found.chosen_at = timezone.now()
    found.save(update_fields=["owner", "key_digest", "expires_at", "chosen_at", "changed_at"])
    return found


def _fits(binder: Binder, resources: list[Resource]) -> bool:
    known = set(binder.items.values_list("resource_id", flat=True))
    return len(known | {resource.pk for resource in resources}) <= ITEMS_AT_MOST


@transaction.atomic
def binder_copy(*, source: Binder, into: Binder) -> int:
    """Add the sheets of a shared binder that anybody may read; how many were not there yet.

    A binder still empty and without name takes the name too. Raises ValidationError.
    """
    sheets = Resource.objects.public().filter(binder_items__binder=source)
    resources = list(sheets.order_by("binder_items__position", "pk"))
    fresh = into.name == DEFAULT_NAME and not into.items.exists()
    added = binder_fill(binder=into, resources=resources)
    if fresh:
        Binder.objects.filter(pk=into.pk).update(name=source.name)
    return added


@transaction.atomic
def binder_delete(*, binder: Binder) -> None:
    """Erase a binder, its list and its link."""
    locked(binder).delete()


def binders_expired_delete(limit: int) -> int:
    """Erase at most so many binders without account whose time is over; how many."""
    past = Binder.objects.filter(owner__isnull=True, expires_at__lte=timezone.now())
    oldest = list(past.order_by("expires_at", "pk").values_list("pk", flat=True)[:limit])
    return Binder.objects.filter(pk__in=oldest).delete()[1].get(Binder._meta.label, 0)
