"""The blank papers of a grid: their names and what they are."""

from __future__ import annotations

from selfassess.enums import TOGETHER
from selfassess.instrument import Instrument

POSTER = "affiche"


def blank_names(instrument: Instrument) -> dict[str, str]:
    """The papers to print of a grid: their name in the address, and what they are."""
    papers = {code: f"Feuille : {role.label}" for code, role in instrument.members.items()}
    return {**papers, TOGETHER: "Feuille du moment commun", POSTER: "Affiche du groupe (A3)"}
