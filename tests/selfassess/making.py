"""Grids and assessments for the tests, made by the services as the pages make them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse

from cops.content.reading import Reading
from cops.secrets import digest
from selfassess.codes import PURPOSE
from selfassess.enums import Mode
from selfassess.models import Assessment, Grid, GridVersion, Participant
from selfassess.services import assessments, loading
from selfassess.services.answers import answers_save, answers_send
from selfassess.services.assessments import Opened, assessment_open, participant_join

PRO, PARTNER = "professionnel", "partenaire"
# The criteria of the grids of the starting content, in the order of the wheel.
CODES = [f"{axis}{rank}" for axis in ("CE", "CC", "CD", "CM") for rank in (1, 2, 3)]
_data: dict[str, dict[str, Any]] = {}


def _content(slug: str) -> dict[str, Any]:
    """What the file of a grid says, read once."""
    if not _data:
        root = Path(settings.ROOT)
        for item in loading.grids_read(root / "selfassess/content", Reading(root)):
            _data[item.slug] = item.data
    return _data[slug]


def grid(slug: str = "soins-cliniques-et-educatifs") -> GridVersion:
    """A grid of the starting content, at its first version; made once per test."""
    data = _content(slug)
    found, _ = Grid.objects.get_or_create(
        slug=slug, defaults={name: data[name] for name in loading.OF_THE_GRID}
    )
    version = found.versions.order_by("-number").first()
    return version or GridVersion.objects.create(
        grid=found, number=1, content={name: data[name] for name in loading.OF_THE_VERSION}
    )


def opened(mode: str = Mode.PAIR, **fields: Any) -> Opened:
    return assessment_open(version=fields.pop("version", None) or grid(), mode=mode, **fields)


def joined(assessment: Assessment, role: str = PRO, name: str = "") -> tuple[Participant, str]:
    return participant_join(assessment=assessment, role=role, name=name)


def marks(assessment: Assessment, value: int | None = 3, **others: int | None) -> dict[str, Any]:
    """A whole wheel of one level, but for the criteria given."""
    return {**dict.fromkeys(assessment.instrument.criteria, value), **others}


def sent(
    assessment: Assessment, role: str = PRO, value: int | None = 3, **others: int | None
) -> tuple[Participant, str]:
    """Somebody who joined, answered and sent."""
    participant, secret = joined(assessment, role)
    answers_save(participant=participant, scores=marks(assessment, value, **others))
    return answers_send(participant=participant), secret


def filled(participant: Participant, value: int | None = 3) -> Participant:
    """Somebody who has a place already: answers and sends."""
    answers_save(participant=participant, scores=marks(participant.assessment, value))
    return answers_send(participant=participant)


def here(name: str, made: Opened, secret: str, *rest: object) -> str:
    """The address of a page of the participant who holds this secret."""
    return reverse(f"selfassess:{name}", args=[made.code, secret, *rest])


def turned() -> tuple[Opened, tuple[Participant, str], tuple[Participant, str]]:
    """A pair whose wheels are turned over: one wide gap on CE1, one of two levels on CM3."""
    made = opened()
    one = sent(made.assessment, PRO, 3, CE1=4)
    other = sent(made.assessment, PARTNER, 3, CE1=0, CM3=1)
    made.assessment.refresh_from_db()
    return made, one, other


# What tests/http/routes/selfassess.py names.
CODE, MANAGER, MEMBER = "BCDFGHJKLMNP", "M" * 22, "P" * 22


def known() -> None:
    """A pair of which one has joined."""
    made = opened()
    participant, _ = joined(made.assessment)
    Assessment.objects.filter(pk=made.assessment.pk).update(
        code_digest=digest(CODE, purpose=PURPOSE),
        manager_digest=digest(MANAGER, purpose=assessments.MANAGER),
    )
    Participant.objects.filter(pk=participant.pk).update(
        digest=digest(MEMBER, purpose=assessments.PARTICIPANT)
    )
