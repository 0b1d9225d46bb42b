"""What an account keeps, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from selfassess.models import Assessment, KeptPlace, Participant
from selfassess.services.assessments import purge_day


@dataclass(frozen=True)
class KeptLine:
    """One line of « Mes auto-évaluations »."""

    public_id: str
    title: str
    mode: str
    role: str
    state: str
    opened_on: date
    kept_on: date
    purge_day: date
    is_opener: bool

    @property
    def route(self) -> str:
        return "selfassess:manage" if self.is_opener else "selfassess:mine"


def kept_by(owner: Any) -> QuerySet[KeptPlace]:
    """The last kept first; what a line shows, in the same statement."""
    return (
        KeptPlace.objects.filter(owner=owner)
        .select_related("assessment__version__grid", "participant")
        .order_by("-kept_on", "-pk")
    )


def kept_line(kept: KeptPlace) -> KeptLine:
    assessment = kept.assessment
    role = assessment.instrument.members.get(kept.participant.role) if kept.participant else None
    return KeptLine(
        public_id=kept.public_id,
        title=assessment.title,
        mode=assessment.get_mode_display(),
        role=role.label if role else "",
        state=_state(assessment, kept.participant),
        opened_on=assessment.opened_at.date(),
        kept_on=kept.kept_on,
        purge_day=purge_day(assessment),
        is_opener=kept.participant is None,
    )


def _state(assessment: Assessment, me: Participant | None) -> str:
    if assessment.revealed_at is not None:
        return "Terminée" if assessment.mode == "seul" else "Roues retournées"
    if me is not None and me.submitted_at is None:
        return "À finir de remplir"
    return "En attente des autres"


def is_kept(user: Any, assessment: Assessment, participant: Participant | None) -> bool:
    """True if this account keeps this place already; nobody signed in keeps nothing."""
    if not user.is_authenticated:
        return False
    return KeptPlace.objects.filter(
        owner=user, assessment=assessment, participant=participant
    ).exists()
