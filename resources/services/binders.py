"""What is done inside a binder: sheets added, moved, taken out; its name, its link.

Each service locks the binder's row first: two tabs that act at once come one after the other.
One that was deleted meanwhile raises Binder.DoesNotExist.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cops.secrets import ALPHABET, LENGTH, digest, digests, random_name
from resources.enums import Move
from resources.models import Binder, BinderItem, Resource, ResourceVersion
from resources.models.binders import (
    BINDERS_AT_MOST,
    DEFAULT_NAME,
    ITEMS_AT_MOST,
    LINK_PURPOSE,
    end_without_account,
)

FULL = (
    f"Ce classeur contient déjà {ITEMS_AT_MOST} fiches, le plus qu’un document puisse réunir."
    " Retirez-en une, ou commencez un autre classeur."
)
TOO_MANY = (
    f"Vous avez déjà {BINDERS_AT_MOST} classeurs, le plus qu’un compte puisse garder."
    " Supprimez-en un pour en commencer un autre."
)


def locked(binder: Binder) -> Binder:
    """The binder as it stands, nobody else changing it until the transaction ends."""
    return Binder.objects.select_for_update().get(pk=binder.pk)


def touch(binder: Binder, *fields: str) -> None:
    """Save what changed; a binder without account is then kept for its whole time again."""
    if binder.owner_id is None:
        binder.expires_at = end_without_account()
    binder.save(update_fields=[*fields, "expires_at", "changed_at"])


@transaction.atomic
def binder_add(*, binder: Binder, resource: Resource, position: int | None = None) -> bool:
    """Put a sheet in, at the end or at a rank from 1 on; False if it was there already.

    Raises ValidationError when the binder is full.
    """
    return binder_fill(binder=binder, resources=[resource], position=position) == 1


@transaction.atomic
def binder_fill(
    *,
    binder: Binder,
    resources: list[Resource],
    position: int | None = None,
    versions: dict[int, int] | None = None,
) -> int:
    """Put several sheets in, in their order; how many were not there yet.

    ``versions``: of each sheet's key, the version its reader knows; else the one in force.
    Raises ValidationError when they do not all fit: none is then added.
    """
    mine = locked(binder)
    kept = list(mine.items.order_by("position", "pk"))
    known = {item.resource_id for item in kept}
    new = [resource for resource in resources if resource.pk not in known]
    if len(kept) + len(new) > ITEMS_AT_MOST:
        raise ValidationError(FULL, code="full")
    numbers = _versions(new) if versions is None else versions
    added = [
        BinderItem(binder=mine, resource=resource, version=numbers.get(resource.pk, 1))
        for resource in new
    ]
    place = len(kept) if position is None else min(max(position, 1), len(kept) + 1) - 1
    _write_order([*kept[:place], *added, *kept[place:]])
    touch(mine)
    return len(added)


def _versions(resources: list[Resource]) -> dict[int, int]:
    """The version in force of each resource."""
    last = ResourceVersion.objects.filter(resource=OuterRef("pk")).order_by("-number")
    rows = Resource.objects.filter(pk__in=[resource.pk for resource in resources])
    found = rows.annotate(last=Subquery(last.values("number")[:1])).order_by("pk")
    return {pk: number for pk, number in found.values_list("pk", "last") if number}


def _write_order(items: list[BinderItem]) -> None:
    """Ranks from 1 on, without a hole; only the rows that move are written."""
    moved: list[BinderItem] = []
    new: list[BinderItem] = []
    for rank, item in enumerate(items, start=1):
        if item.pk is None:
            new.append(item)
        elif item.position != rank:
            moved.append(item)
        item.position = rank
    BinderItem.objects.bulk_update(moved, ["position"])
    BinderItem.objects.bulk_create(new)


@transaction.atomic
def binder_remove(*, binder: Binder, item: int) -> BinderItem | None:
    """Take a sheet out, by the key of its line; what it was, None if it was not there any more."""
    mine = locked(binder)
    items = list(mine.items.order_by("position", "pk"))
    gone = next((line for line in items if line.pk == item), None)
    if gone is None:
        return None
    mine.items.filter(pk=gone.pk).delete()
    _write_order([line for line in items if line is not gone])
    touch(mine)
    return gone


@transaction.atomic
def binder_restore(*, binder: Binder, resource: int, position: int, version: int) -> bool:
    """Put back what was just taken out, even a sheet that is no longer on view.

    False if it is there. Raises ValidationError when the binder is full.
    """
    rows = list(Resource.objects.filter(pk=resource))
    added = binder_fill(
        binder=binder, resources=rows, position=position, versions={resource: version}
    )
    return added == 1


@transaction.atomic
def binder_move(*, binder: Binder, item: int, move: Move) -> int | None:
    """Move a sheet by one rank or to an end; its rank, None if it is not there any more."""
    mine = locked(binder)
    items = list(mine.items.order_by("position", "pk"))
    at = next((n for n, line in enumerate(items) if line.pk == item), None)
    if at is None:
        return None
    last = len(items) - 1
    to = {Move.FIRST: 0, Move.UP: max(at - 1, 0), Move.DOWN: min(at + 1, last), Move.LAST: last}
    items.insert(to[move], items.pop(at))
    _write_order(items)
    touch(mine)
    return to[move] + 1


@transaction.atomic
def binder_rename(*, binder: Binder, name: str) -> Binder:
    """Give the binder a name; an empty one gives back the first one."""
    mine = locked(binder)
    mine.name = " ".join(name.split()) or DEFAULT_NAME
    mine.full_clean(exclude=["owner", "key_digest", "share_digest"])
    touch(mine, "name")
    return mine


@transaction.atomic
def binder_renew(*, binder: Binder) -> datetime | None:
    """Keep a binder without account for its whole time again; until when."""
    mine = locked(binder)
    touch(mine)
    return mine.expires_at


@transaction.atomic
def binder_share(*, binder: Binder) -> str:
    """Open the binder to who has its link; the secret of the link, the same as long as it lasts."""
    mine = locked(binder)
    if token := share_token(mine):
        return token
    mine.share_salt = random_name()
    token = _token(mine, settings.SECRET_KEY)
    mine.share_digest = digest(token, purpose=LINK_PURPOSE)
    touch(mine, "share_salt", "share_digest")
    return token


@transaction.atomic
def binder_unshare(*, binder: Binder) -> None:
    """Close the link for good: another one made later is another secret."""
    mine = locked(binder)
    mine.share_salt, mine.share_digest = "", None
    touch(mine, "share_salt", "share_digest")


def share_token(binder: Binder) -> str:
    """The secret of the binder's link, to be shown to its holder; empty when it is not shared.

    It is made again from the server's key, today's or a former one: it is stored nowhere.
    """
    if binder.share_salt:
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            token = _token(binder, str(key))
            if binder.share_digest in digests(token, purpose=LINK_PURPOSE):
                return token
    return ""


def _token(binder: Binder, key: str) -> str:
    words = f"{binder.public_id}\n{binder.share_salt}"
    drawn = salted_hmac(LINK_PURPOSE, words, secret=key, algorithm="sha256").digest()
    number = int.from_bytes(drawn, "big")
    letters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(letters)


@transaction.atomic
def binder_choose(*, binder: Binder) -> None:
    """From now on, what its holder adds goes into this one."""
    mine = locked(binder)
    mine.chosen_at = timezone.now()
    touch(mine, "chosen_at")
