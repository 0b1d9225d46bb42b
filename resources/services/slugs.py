"""The address of a new resource, from its title."""

from __future__ import annotations

from resources.models import Resource, ResourceRedirect
from resources.models.fields import RESERVED_SLUGS
from resources.services.rendering import anchor_make


def free_slug(title: str) -> str:
    """A slug that no resource has or had: a printed address never opens another sheet."""
    stem = anchor_make(title, ())
    taken = {
        *RESERVED_SLUGS,
        *Resource.objects.filter(slug__startswith=stem).values_list("slug", flat=True),
        *ResourceRedirect.objects.filter(slug__startswith=stem).values_list("slug", flat=True),
    }
    return anchor_make(title, taken)
