"""Reads content/cops.yaml for `load_content`. What dates from 2022 (states of actions, dates
planned, the team being formed) is read and left aside: the portal does not show it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import timezone

from cops.content import Item, Lookup, Reading, Sheet
from cops.content.located import Located
from cops.content.schema import Field, figures, record, records, slug, text, texts
from cops.pages.models import Organisation
from cops.pages.services import FIELDS, organisation_write

NAME = "pages.organisation"
FILE = "cops.yaml"


def _aside(located: Located, sheet: Sheet) -> None:
    """Known, and not kept."""


ASIDE = Field(_aside)

ACTION = {
    "code": slug(),
    "title": text(required=True),
    **dict.fromkeys(
        ("status", "planned", "note", "support", "yearly_places", "event", "count", "contact"),
        ASIDE,
    ),
}
MISSION = {
    "code": text(required=True, max_length=4),
    "title": text(required=True),
    "description": text(required=True),
    "objectives": texts(),
    "actions": records(ACTION),
    "documents": ASIDE,
    "planned": ASIDE,
}
EVENT = {
    "date": text(required=True, max_length=20),
    "title": text(required=True),
    "description": text(required=True),
    "event": ASIDE,
}
FORERUNNER = {
    "title": text(required=True),
    "period": text(max_length=20),
    "figures": figures(),
    "figures_note": ASIDE,
    "working_groups": records({"code": slug(), "title": text(required=True)}),
    "members_profiles": texts(),
    "outputs": texts(),
}


def _forerunner(located: Located, sheet: Sheet) -> dict[str, Any]:
    return record(located, FORERUNNER, sheet)


ORGANISATION = {
    "slug": slug(),
    "title": text(required=True, max_length=200),
    "acronym": text(max_length=20),
    "region": text(max_length=80),
    "baseline": text(max_length=200),
    "summary": text(required=True),
    "carried_by": text(max_length=200),
    "supported_by": text(max_length=200),
    "website": text(max_length=200),
    "contact": text(max_length=200),
    "purpose": texts(),
    "principles": texts(),
    "missions": records(MISSION),
    "history": records(EVENT),
    "criaps": Field(_forerunner, empty={}),
    **dict.fromkeys(
        ("kind", "since", "as_of", "governance", "ars_support", "lexicon", "related"), ASIDE
    ),
}


def read(folder: Path, reading: Reading) -> list[Item]:
    sheet = reading.sheet(folder / FILE)
    located = sheet.yaml()
    if located is None:
        return []
    values = record(located, ORGANISATION, sheet)
    values["forerunner"] = values.pop("criaps")
    data = {name: values[name] for name in ("slug", *FIELDS)}
    return [Item(slug=values["slug"], file=sheet.name, line=located.line, data=data)]


def save(items: list[Item], lookup: Lookup) -> dict[str, int]:
    return {item.slug: organisation_write(slug=item.slug, values=item.data).pk for item in items}


def state(pks: Iterable[int]) -> dict[int, Any]:
    rows = Organisation.objects.filter(pk__in=list(pks))
    return {row.pk: {name: getattr(row, name) for name in ("slug", *FIELDS)} for row in rows}


def find(slugs: Iterable[str]) -> dict[str, int]:
    return dict(Organisation.objects.filter(slug__in=list(slugs)).values_list("slug", "pk"))


def archive(pks: list[int]) -> None:
    Organisation.objects.filter(pk__in=pks).update(archived_at=timezone.now())
