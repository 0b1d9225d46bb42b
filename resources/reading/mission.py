"""The « carte d’identité » of a mission sheet: its facts, not what a section says at length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from resources.enums import Modality
from resources.models import Resource


@dataclass(frozen=True)
class Fact:
    """One line of the card. ``values`` are (words, query of the library or ""); ``more`` the
    anchor of the section that says it at length, or ""."""

    label: str
    values: list[tuple[str, str]]
    more: str = ""

    @property
    def queries(self) -> bool:
        """Whether each value leads to the list of what shares it."""
        return any(query for _words, query in self.values)


# The anchors of the sections that develop a line of the card; an anchor never changes.
_PLACES, _PEOPLE, _TRAINING = "ou", "avec-qui", "se-former"
_FRAME, _SKILLS = "cadre-et-modalites", "savoirs-et-competences"


def identity(resource: Resource, anchors: Iterable[str]) -> list[Fact]:
    """The lines of the card. Law and skills are there only when no section develops them."""
    written = set(anchors)
    labels = dict(Modality.choices)
    modalities = [(labels[code], f"modalite={code}") for code in resource.modalities]
    training = [(_training(row), "") for row in resource.training]
    facts = [
        _fact("Qui", _plain(resource.partner_profiles), _PEOPLE, written),
        _fact("Où", _plain(resource.places), _PLACES, written),
        _fact("Formation", training, _TRAINING, written),
        _fact("Modalités possibles", modalities, _FRAME, written),
    ]
    if _FRAME not in written and resource.regulation:
        facts.append(Fact("Cadre réglementaire", [(resource.regulation, "")]))
    if _SKILLS not in written:
        facts.append(Fact("Savoirs et compétences", _plain(resource.skills)))
    return [fact for fact in facts if fact.values]


def _fact(label: str, values: list[tuple[str, str]], anchor: str, written: set[str]) -> Fact:
    return Fact(label, values, anchor if anchor in written else "")


def _plain(values: Iterable[str]) -> list[tuple[str, str]]:
    return [(value, "") for value in values]


def _training(row: dict) -> str:
    return f"{row['name']} (indispensable)" if row.get("required") else str(row["name"])
