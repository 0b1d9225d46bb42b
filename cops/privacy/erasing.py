"""Erasing a person: everything that the registry says, in one transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.db import models, transaction

from cops.background import dispatch
from cops.privacy.declarations import Anonymise, Declaration, Delete, Erase
from cops.privacy.journal import subject_of
from cops.privacy.models import Erasure
from cops.privacy.reading import rows_of
from cops.privacy.registry import declarations

logger = logging.getLogger("cops.privacy")


def person_erase(*, user: Any, scope: str) -> bool:
    """Erase the account and all that the registry says of it; False when it is gone already.

    ``scope`` tells the journal why: ``"asked"``, ``"inactive"``, ``"unverified"``, ``"replayed"``.
    """
    people = get_user_model()._base_manager
    with transaction.atomic():
        # Two at once: the second waits here, then finds nobody.
        locked = people.select_for_update().filter(pk=user.pk).first()
        if locked is None:
            return False
        Erasure.objects.get_or_create(subject=subject_of(locked), defaults={"scope": scope})
        account = None
        for one in declarations():
            if one.model == locked._meta.label:
                account = one
            else:
                _erase(one, locked)
        if account is None:
            raise LookupError("the account itself is not declared")
        locked.delete()
        dispatch("cops.privacy.write_journal")
    logger.info("a person was erased", extra={"scope": scope})
    return True


def _erase(one: Declaration, user: Any) -> None:
    rows = rows_of(one, user)
    match one.erasure:
        case Erase(run=run):
            run(user)
        case Anonymise(values=values):
            rows.update(**values)
        case Delete():
            files = list(_files(rows))
            rows.delete()
            transaction.on_commit(lambda: _remove(files))


def _files(rows: models.QuerySet[models.Model]) -> Iterable[str]:
    names = [f.name for f in rows.model._meta.get_fields() if isinstance(f, models.FileField)]
    for values in rows.values_list(*names) if names else ():
        yield from (name for name in values if name)


def _remove(files: Iterable[str]) -> None:
    for name in files:
        default_storage.delete(name)


def person_hide(*, user: Any) -> None:
    """Take what is public of this person out of sight."""
    for one in declarations():
        if one.hide is not None:
            one.hide(user)


def person_show(*, user: Any) -> None:
    """Bring back what ``person_hide`` took away."""
    for one in declarations():
        if one.show is not None:
            one.show(user)
