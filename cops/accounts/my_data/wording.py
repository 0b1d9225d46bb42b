"""The values of a row in French words: what the page and the copy to read show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cops.formats import date_fr, time_fr
from cops.privacy.reading import Told, model_of

NOTHING = "—"


def section(one: Told) -> dict[str, Any]:
    """A declaration with its rows in French words, for a page."""
    return {
        "declaration": one.declaration,
        "total": one.total,
        "rows": [list(_words(one, row)) for row in one.rows],
        "more": one.total - len(one.rows),
    }


def column_of(model: type[models.Model], name: str) -> models.Field[Any, Any]:
    """The column that a lookup (« sheet__title ») leads to."""
    head, _, rest = name.partition("__")
    column: Any = model._meta.get_field(head)
    return column_of(column.related_model, rest) if rest else column


def _words(one: Told, row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    model = model_of(one.declaration)
    for name, label in one.declaration.fields.items():
        said, value = one.declaration.words.get(name), row[name]
        if said and value not in (None, ""):
            yield label, said(value) or NOTHING
        else:
            yield label, _word(column_of(model, name), value)


def _word(column: models.Field[Any, Any], value: Any) -> str:
    if value is None or value in ("", []):
        return NOTHING
    if isinstance(column, models.BooleanField):
        return "oui" if value else "non"
    if isinstance(column, models.DateTimeField):
        moment = datetime.fromisoformat(value)
        return f"{date_fr(moment)} à {time_fr(moment)}"
    if isinstance(column, models.DateField):
        return date_fr(datetime.fromisoformat(value))
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, dict):
        return "\n".join(f"{key} : {NOTHING if one is None else one}" for key, one in value.items())
    if isinstance(column, ArrayField):
        return ", ".join(_word(column.base_field, one) for one in value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else str(value)
