"""The one writer of the organisation's presentation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cops.pages.models import Organisation

FIELDS = (
    "title", "acronym", "region", "baseline", "summary", "carried_by", "supported_by", "website",
    "contact", "purpose", "principles", "missions", "history", "forerunner",
)  # fmt: skip


def organisation_write(*, slug: str, values: Mapping[str, Any]) -> Organisation:
    """Create or replace the presentation under this slug. For the loader, which leaves the
    pages made before stale once for all that it wrote."""
    with transaction.atomic():
        organisation, _ = Organisation.objects.update_or_create(
            slug=slug, defaults={name: values[name] for name in FIELDS} | {"archived_at": None}
        )
    return organisation
