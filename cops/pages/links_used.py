"""The links of the pages that belong to no app."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from cops.links import Use
from cops.pages.models import Organisation


def organisation_links() -> Iterator[Use]:
    """The site of the organisation that « Le COPS » presents."""
    rows = Organisation.objects.filter(archived_at__isnull=True).exclude(website="")
    for pk, title, website in rows.order_by("pk").values_list("pk", "title", "website"):
        url = website if "://" in website else f"https://{website}"
        yield Use(url, title, reverse("pages:cops"),
                  reverse("admin:pages_organisation_change", args=[pk]))  # fmt: skip
