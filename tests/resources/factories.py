"""Made resources for the tests of the library: small, true to the constraints."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from cops.accounts.enums import Role
from cops.accounts.models import User
from resources.enums import Kind, SectionKind, Status, Variant
from resources.models import (
    PracticePath,
    PracticeStep,
    Resource,
    ResourceVersion,
    Section,
)

_numbers = count(1)


def resource(*, version: int = 1, text: str = "<p>Un texte.</p>", **fields: Any) -> Resource:
    """A published resource with one section and its version; every field may be given."""
    n = next(_numbers)
    published_at: datetime = fields.pop("published_at", None) or timezone.now() - timedelta(days=2)
    made = Resource.objects.create(
        **{
            "slug": f"fiche-{n}",
            "title": f"Fiche d’essai {n}",
            "kind": Kind.REPERE,
            "summary": "Un résumé court.",
            "topics": ["etp"],
            "audience_codes": ["patients"],
            "status": Status.PUBLISHED,
            "published_at": published_at,
            **fields,
        }
    )
    section(made, "L’enjeu", text)
    if made.status == Status.PUBLISHED and version:
        ResourceVersion.objects.create(
            resource=made, number=version, published_at=published_at, snapshot={}
        )
    return made


def section(made: Resource, title: str, html: str = "<p>Un texte.</p>", **fields: Any) -> Section:
    """One more section, at the end of its variant."""
    variant = fields.pop("variant", Variant.STANDARD)
    position = made.sections.filter(variant=variant).count()
    return Section.objects.create(
        resource=made,
        variant=variant,
        position=position,
        anchor=fields.pop("anchor", f"section-{position + 1}"),
        title=title,
        source_html=html,
        rendered_html=html,
        **fields,
    )


def falc(made: Resource) -> Section:
    """Give the resource an easy-to-read version."""
    return section(made, "En bref", "<p>Une idée.</p>", variant=Variant.FALC, anchor="en-bref")


def path(made: Resource, steps: int = 2) -> PracticePath:
    """A practice path of so many steps."""
    holder = section(made, f"Parcours {next(_numbers)}", kind=SectionKind.PATH)
    way = PracticePath.objects.create(section=holder, title=holder.title)
    for number in range(1, steps + 1):
        words = {
            "partner": f"<p>Vous dites {number}.</p>",
            "professional": f"<p>Vous écoutez {number}.</p>",
            "actions": f"<ul><li>Agir à deux {number}</li></ul>",
        }
        PracticeStep.objects.create(
            path=way,
            number=number,
            title=f"Étape {number}",
            partner_label="Patient partenaire",
            partner_html=words["partner"],
            professional_label="Professionnel partenaire",
            professional_html=words["professional"],
            actions_html=words["actions"],
            rendered=words,
        )
    return way


def team_member() -> User:
    """Somebody of the team, who sees drafts."""
    return User.objects.create_user(f"equipe-{next(_numbers)}@exemple.fr", role=Role.TEAM)
