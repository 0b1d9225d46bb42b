"""Proposals of experiences, as their bearers would write them."""

from __future__ import annotations

from typing import Any

from cops.secrets import digest, random_name
from resources.enums import BearerKind, ReaderRole, ReadingCriterion
from resources.models import OngoingQuestion, Proposal, ProposalReading
from resources.services import ongoing, proposal_readings, proposals
from resources.services.publishing import resource_publish

TOLD: dict[str, Any] = {
    "title": "Un café des aidants dans le service",
    "bearer_kind": BearerKind.STRUCTURE,
    "structure": "Association d’essai",
    "topics": ["etp"],
    "departments": ["31"],
    "need": "Les proches n’avaient pas d’endroit où se parler.\n\nTrois d’entre eux l’ont dit.",
    "people": "Deux proches aidantes partenaires et une cadre de santé.",
    "method": "Une heure par mois, <b>dans</b> la salle commune.",
    "time": "",
    "means": "Du café.",
    "effects": "Les proches se connaissent.",
    "limits": "",
    "advice": "Commencer petit.",
    "contact_name": "Porteuse d’essai",
    "contact_email": "porteuse@exemple.invalid",
    "may_be_contacted": True,
}
MARKS: dict[str, int | None] = dict.fromkeys(ReadingCriterion.values, 3)


def draft(**fields: Any) -> tuple[Proposal, str]:
    """A draft that lacks nothing, and the secret of its link."""
    secret = random_name()
    return proposals.proposal_start(secret=secret, fields={**TOLD, **fields}), secret


def sent(**fields: Any) -> Proposal:
    proposal, _ = draft(**fields)
    return proposals.proposal_send(proposal=proposal, agreed=True)


def asked(
    proposal: Proposal, role: ReaderRole = ReaderRole.PATIENT, *, actor: Any = None
) -> ProposalReading:
    return proposal_readings.reading_ask(
        proposal=proposal, actor=actor, role=role, email=f"{role}@exemple.invalid", name="Lecteur"
    )


def read(proposal: Proposal) -> Proposal:
    """Asked of two readers, and read by both."""
    for role in ReaderRole:
        proposal_readings.reading_send(reading=asked(proposal, role), marks=MARKS, words="Bien.")
    proposal.refresh_from_db()
    return proposal


def published(**fields: Any) -> Proposal:
    """Kept by the team, its sheet on view."""
    proposal = read(sent(**fields))
    resource_publish(resource=proposals.proposal_accept(proposal=proposal, actor=None))
    proposal.refresh_from_db()
    return proposal


# What tests/http/routes/experiences.py names.
BEARER, READER, YEARLY = "B" * 22, "L" * 22, "Y" * 22
PUBLIC_ID = "E" * 22


def known() -> None:
    """A sent proposal, a reading of it, and a published experience with its yearly question."""
    proposal = sent()
    reading = asked(proposal)
    Proposal.objects.filter(pk=proposal.pk).update(
        public_id=PUBLIC_ID, digest=digest(BEARER, purpose=proposals.PURPOSE)
    )
    ProposalReading.objects.filter(pk=reading.pk).update(
        digest=digest(READER, purpose=proposal_readings.PURPOSE)
    )
    OngoingQuestion.objects.create(
        proposal=published(title="Une expérience connue"),
        digest=digest(YEARLY, purpose=ongoing.PURPOSE),
    )
