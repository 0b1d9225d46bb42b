"""From rows of grids to the plain dicts of the API, as ``serializers`` describes them."""

from __future__ import annotations

from typing import Any

from cops.api.pagination import Row
from cops.http.addresses import address
from resources.api.shapes import absolute, licence
from selfassess.enums import TOGETHER
from selfassess.instrument import Axis, Criterion, Instrument, instrument_of
from selfassess.reading.papers import blank_names


def grid_card(row: Row) -> dict[str, Any]:
    """One grid in a list."""
    return {
        "slug": row["slug"],
        "title": row["title"],
        "instrument": row["instrument"],
        "intro": row["content"]["intro"],
        "version": row["number"],
        "made_at": row["made_at"],
        "to_review": row["adapted"],
        "sheet": row["sheet"],
        "url": absolute(address("selfassess:grid", row["slug"])),
        "api_url": absolute(address("api:grid", row["slug"])),
    }


def grid_whole(row: Row) -> dict[str, Any]:
    """One grid with all that it asks, and how it is said in its other wordings."""
    instrument = instrument_of(row["content"])
    papers = blank_names(instrument)
    return {
        **grid_card(row),
        "licence": licence(),
        **_words(instrument),
        "scale": [
            {"value": level.value, "label": level.label, "help": level.help, "falc": level.falc}
            for level in instrument.levels
        ],
        "axes": [_axis(axis) for axis in instrument.axes],
        "wordings": [_wording(row, code, label) for code, label in instrument.wordings.items()],
        "papers": [
            {
                "name": name,
                "label": label,
                "url": absolute(address("selfassess:grid_paper", row["slug"], name)),
            }
            for name, label in papers.items()
        ],
    }


def _words(instrument: Instrument) -> dict[str, Any]:
    return {
        "intro": instrument.intro,
        "intro_falc": instrument.intro_falc,
        "roles": [
            {
                "code": role.code,
                "label": role.label,
                "description": role.description,
                # The joint moment has a name, and nobody plays it alone.
                "joins": role.code != TOGETHER,
            }
            for role in instrument.roles
        ],
        "moments": [
            {"role": one.role, "title": one.title, "text": one.text, "falc": one.falc}
            for one in instrument.moments
        ],
    }


def _axis(axis: Axis) -> dict[str, Any]:
    return {
        **_said_axis(axis),
        "sheets": list(axis.sheets),
        "criteria": [_said(one) for one in axis.criteria],
    }


def _said_axis(axis: Axis) -> dict[str, Any]:
    return {
        "code": axis.code,
        "label": axis.label,
        "help": axis.help,
        "ideas": [{"title": one.title, "text": one.text} for one in axis.ideas],
    }


def _said(one: Criterion) -> dict[str, Any]:
    return {
        "code": one.code,
        "label": one.label,
        "help": one.help,
        "example": one.example,
        "falc": one.falc,
        "questions": list(one.questions),
    }


def _wording(row: Row, code: str, label: str) -> dict[str, Any]:
    instrument = instrument_of(row["content"], code)
    return {
        "code": code,
        "label": label,
        "title": instrument.title or row["title"],
        **_words(instrument),
        "axes": [_said_axis(axis) for axis in instrument.axes],
        "criteria": [_said(one) for one in instrument.criteria.values()],
    }
