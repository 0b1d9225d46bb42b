"""Pages of a list that stay right while rows are added: each begins after the last row seen.

A cursor is what the server signed: where the last row stood in the order, never a page number.
A new row comes before or after that place and moves nothing; a row that went away neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import QueryDict

from cops.api.errors import BadRequest
from cops.formats import NBSP

SIZE, SIZE_AT_MOST = 20, 50
CURSOR_NAME, SIZE_NAME = "curseur", "taille"
_SIGNER = signing.Signer(salt="cops.api.cursor")
_UNREADABLE = (
    f"Ce curseur n’est pas, ou n’est plus, lisible{NBSP}: reprenez la liste à son début, sans"
    f" «{NBSP}{CURSOR_NAME}{NBSP}»."
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Order:
    """A total order: the fields it compares, « - » before one that goes down, the key last."""

    code: str
    fields: tuple[str, ...]

    def after(self, place: Sequence[Any]) -> Q:
        """The rows that come after the row at ``place``, its values for ``fields``."""
        # The first field alone, so that an index may be read from there on.
        first = self.fields[0]
        edge = {f"{first.removeprefix('-')}__{'lte' if first[0] == '-' else 'gte'}": place[0]}
        found, same = Q(), Q()
        for field, value in zip(self.fields, place, strict=True):
            name = field.removeprefix("-")
            found |= same & Q(**{f"{name}__{'lt' if field.startswith('-') else 'gt'}": value})
            same &= Q(**{name: value})
        return Q(**edge) & found

    def place(self, row: Row) -> list[Any]:
        """Where a row stands; ``row`` must hold the fields."""
        return [row[field.removeprefix("-")] for field in self.fields]


@dataclass(frozen=True)
class Slice:
    """How much of a list was asked for, and after what."""

    size: int
    cursor: str
    # Said when the size asked for was not the one given.
    notices: list[str]


def slice_asked(data: QueryDict) -> Slice:
    """Read the size and the cursor; a size that is none or out of bounds is mended, and said."""
    text = data.get(SIZE_NAME, "")
    size = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else SIZE
    kept = min(max(size, 1), SIZE_AT_MOST)
    notices = []
    if text and text != str(kept):
        notices = [
            f"«{NBSP}{SIZE_NAME}{NBSP}» va de 1 à {SIZE_AT_MOST}{NBSP}: {kept} par page ici."
        ]
    return Slice(kept, data.get(CURSOR_NAME, ""), notices)


def page_read(
    rows: QuerySet, order: Order, asked: Slice, read: Callable[[QuerySet], list[Row]]
) -> tuple[list[Row], str]:
    """One page of ``rows`` and the cursor of the next one, empty at the end. One statement.

    ``read`` gives the rows as dicts that hold the order's fields. Raises BadRequest.
    """
    if asked.cursor:
        rows = rows.filter(order.after(_place(asked.cursor, order)))
    found = read(rows.order_by(*order.fields)[: asked.size + 1])
    page = found[: asked.size]
    if len(found) == len(page):
        return page, ""
    return page, cursor_sign(order.code, order.place(page[-1]))


def cursor_sign(code: str, place: Sequence[Any]) -> str:
    """A cursor for the order of that code."""
    values = [
        value.isoformat() if isinstance(value, datetime) else value for value in (code, *place)
    ]
    # No time in it: the same page of a list is the same bytes, under the same ETag.
    return _SIGNER.sign_object(values, compress=True)


def cursor_place(cursor: str, code: str) -> list[Any]:
    """What a cursor of ours says of an order; raises BadRequest for any other."""
    try:
        found, *place = _SIGNER.unsign_object(cursor)
    except (signing.BadSignature, ValueError, TypeError):
        raise BadRequest(_UNREADABLE) from None
    if found != code:
        raise BadRequest(_UNREADABLE)
    return place


def _place(cursor: str, order: Order) -> list[Any]:
    place = cursor_place(cursor, order.code)
    if len(place) != len(order.fields):
        raise BadRequest(_UNREADABLE)
    return place
