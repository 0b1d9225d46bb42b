"""New resources: from nothing, or from one that exists."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cops.audit import record
from resources.models import Resource, ResourceRedirect
from resources.models.fields import DESK_SLUGS, RESERVED_SLUGS
from resources.services.applying import content_apply
from resources.services.drafts.reading import working_text
from resources.services.rendering import anchor_make

# What belongs to the resource that one starts from, and not to a new one.
_ITS_OWN = {
    "number": None,
    "reviewed_on": None,
    "review_by": None,
    "falc_reviewed_on": None,
    "notice": "",
}


@transaction.atomic
def resource_create(*, title: str, kind: str, summary: str, by: Any) -> Resource:
    """A new draft, empty of text. Raises ValidationError."""
    resource = Resource(title=title, kind=kind, summary=summary, slug=slug_free(title))
    resource.full_clean(exclude=["sort_key", "status"])
    resource.save()
    record(by, "resource.created", resource)
    return resource


@transaction.atomic
def resource_copy(*, source: Resource, title: str, kind: str, summary: str, by: Any) -> Resource:
    """A new draft that begins with the words of another resource, as the team has them now.

    Its number, its reviews, its notice and its files stay with the other.
    """
    content = {**working_text(source).content, **_ITS_OWN}
    content.update(title=title, kind=kind, summary=summary)
    resource = Resource(title=title, kind=kind, summary=summary, slug=slug_free(title))
    resource.full_clean(exclude=["sort_key", "status"])
    resource.save()
    content_apply(resource=resource, content=content)
    record(by, "resource.copied", resource, {"source": [None, source.slug]})
    return resource


def slug_free(title: str) -> str:
    """The address of a title, that no resource has or had."""
    base = anchor_make(title, ())
    used = set(Resource.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    used |= set(
        ResourceRedirect.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    return anchor_make(title, used | RESERVED_SLUGS | DESK_SLUGS)
