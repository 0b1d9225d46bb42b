"""The two states of a sheet, always side by side: what the public reads, what the team works on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from cops.formats import date_fr, time_fr
from resources.enums import DraftState, Status
from resources.models import Resource, ResourceDraft


def moment(when: datetime | None) -> str:
    """« 26 novembre 2026 à 14 h 05 », in Paris."""
    return f"{date_fr(when)} à {time_fr(when)}" if when else ""


@dataclass(frozen=True)
class Column:
    """Words, a tone (good, warn, bad or none), and a line of detail."""

    label: str
    tone: str
    detail: str


def is_awaited(resource: Resource) -> bool:
    """Whether its first publication is planned and has not come."""
    start = resource.published_at
    return resource.status == Status.PUBLISHED and start is not None and start > timezone.now()


def is_withdrawn(resource: Resource) -> bool:
    out = resource.withdrawn_at
    return resource.status == Status.PUBLISHED and out is not None and out <= timezone.now()


def on_view(resource: Resource, *, number: int | None, published_on: Any = None) -> Column:
    """What the public reads; ``number`` and ``published_on`` of the last version, if any."""
    version = f"Version {number}" if number else "Version 1"
    if published_on:
        version += f" du {date_fr(published_on)}"
    if is_awaited(resource):
        return Column("Pas encore en ligne", "warn", f"Prévue le {moment(resource.published_at)}")
    if is_withdrawn(resource):
        return Column("Retirée", "bad", f"Depuis le {moment(resource.withdrawn_at)}")
    if resource.status == Status.PUBLISHED and resource.withdrawn_at:
        return Column(
            "En ligne", "warn", f"{version}, retrait prévu le {moment(resource.withdrawn_at)}"
        )
    if resource.status == Status.PUBLISHED:
        return Column("En ligne", "good", version)
    if resource.status == Status.ARCHIVED:
        return Column("Archivée", "", "Personne ne la voit, rien n’en est perdu")
    return Column("Rien en ligne", "", f"{version}, retirée" if number else "Jamais publiée")


def in_work(
    resource: Resource, draft: ResourceDraft | None, *, saved_at: Any = None, saved_by: Any = None
) -> Column:
    """The text that the team works on."""
    saved = f"Enregistré le {moment(saved_at)}" if saved_at else ""
    if saved and saved_by:
        saved += f" par {saved_by}"
    published = resource.status == Status.PUBLISHED
    if draft and draft.state == DraftState.SCHEDULED:
        return Column("Publication prévue", "warn", f"Le {moment(draft.publish_at)}")
    if (draft and draft.state == DraftState.IN_REVIEW) or resource.status == Status.IN_REVIEW:
        return Column("Relecture demandée", "warn", saved)
    if draft:
        label = "Correction en cours" if published else "Texte en cours"
        return Column(label, "warn", saved)
    if resource.status == Status.DRAFT:
        return Column("Brouillon", "warn", "Pas encore relu")
    return Column("Rien en cours", "", "")
