"""Private notes, read again by the one who wrote them."""

from __future__ import annotations

from selfassess.enums import Mode
from selfassess.models import Assessment, Participant


def own_notes(assessment: Assessment, me: Participant) -> list[tuple[str, str]]:
    """What this person noted: (criterion, text), in the order of the wheel.

    To be shown by their own link or account alone. On a screen that is handed over there is none,
    after the turn no more than before: by Back, the other person would read them.
    """
    if assessment.mode == Mode.DEVICE:
        return []
    criteria = assessment.instrument.criteria
    return [(one.label, me.notes[code]) for code, one in criteria.items() if me.notes.get(code)]


def own_note(assessment: Assessment, me: Participant, code: str) -> str:
    """What this person noted of one criterion, for the joint moment.

    Empty on a screen for two: both look at it.
    """
    return "" if assessment.mode == Mode.DEVICE else me.notes.get(code, "")
