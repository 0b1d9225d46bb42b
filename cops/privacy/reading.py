"""What the portal knows of one person, read in one statement whatever the number of models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CharField, Count, F, JSONField, Model, Q, QuerySet, Value, Window
from django.db.models.functions import Cast, JSONObject

from cops.privacy.declarations import Declaration
from cops.privacy.registry import declarations


@dataclass(frozen=True)
class Told:
    """The rows of one declaration: how many in all, and those that were read."""

    declaration: Declaration
    total: int
    rows: list[dict[str, Any]]


def model_of(one: Declaration) -> type[Model]:
    return apps.get_model(one.model)


def rows_of(one: Declaration, user: Any) -> QuerySet[Model]:
    """The rows that tell of this person: by their account, or by their address."""
    wanted = Q()
    if one.person:
        # In one condition: ``where`` is asked of the very row that ties them to the person.
        wanted |= Q(**{one.person: user.pk, **one.where})
    if one.address:
        wanted |= Q(**{f"{one.address}__iexact": user.email})
    # The plain manager: what is hidden from pages is theirs all the same.
    rows = model_of(one)._base_manager.all()
    if not wanted:
        return rows.none()
    # By key: a lookup that joins several rows of theirs finds this one once all the same.
    return rows.filter(pk__in=rows.filter(wanted).values("pk"))


def told_of(user: Any, *, most: int | None = None) -> list[Told]:
    """Every declaration that has rows of this person, with ``most`` of the latest of each."""
    found: dict[str, tuple[int, list[dict[str, Any]]]] = {}
    for model, total, row in _read(user, most):
        found.setdefault(model, (total, []))[1].append(row)
    return [Told(one, *found[one.model]) for one in declarations() if one.model in found]


def _read(user: Any, most: int | None) -> Iterator[tuple[str, int, dict[str, Any]]]:
    parts = [
        _part(one, user, most)
        for one in declarations()
        if one.fields and (one.person or one.address)
    ]
    if not parts:
        return iter(())
    return iter(parts[0].union(*parts[1:], all=True))


def _part(one: Declaration, user: Any, most: int | None) -> QuerySet[Any, Any]:
    # Names with a lookup (« sheet__title ») are columns of the joined table, told with the row.
    row = JSONObject(**{name: F(name) for name in one.fields})
    rows = (
        rows_of(one, user)
        .order_by("-pk")
        .annotate(
            told_model=Cast(Value(one.model), CharField()),
            told_total=Window(Count("*")),
            told_row=Cast(row, JSONField()),
        )
    )
    values = rows.values_list("told_model", "told_total", "told_row")
    return values if most is None else values[:most]
