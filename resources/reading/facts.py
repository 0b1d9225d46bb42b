"""The key figures of a resource in words: each known key has its French label here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from cops.formats import NBSP, date_fr, number_fr


def _number(value: Any) -> str:
    return number_fr(int(value))


def _year(value: Any) -> str:
    return str(int(value))


def _at_least(value: Any) -> str:
    return f"{number_fr(int(value))}{NBSP}au moins"


def _day(value: Any) -> str:
    return date_fr(date.fromisoformat(str(value)))


# In the order of reading; what a key means follows the guide's own account.
_KNOWN: dict[str, tuple[str, Callable[[Any], str]]] = {
    "started": ("Début du travail", _year),
    "working_group_members": ("Membres du groupe de travail", _number),
    "collective_meetings_min": ("Réunions collectives", _at_least),
    "exchange_hours_min": ("Heures d’échanges", _at_least),
    "regional_day": ("Journée régionale", _day),
    "regional_day_participants": ("Participants à la journée", _number),
    "regional_day_speakers_min": ("Intervenants", _at_least),
    "regional_day_workshops": ("Ateliers", _number),
}


def facts_shown(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(label, value) of each known figure, in order; a value of the wrong shape is left out."""
    shown = []
    for key, (label, words) in _KNOWN.items():
        if key in facts:
            try:
                shown.append((label, words(facts[key])))
            except (TypeError, ValueError):
                continue
    return shown
