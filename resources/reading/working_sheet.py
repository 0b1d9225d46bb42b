"""The page of a text in progress: the same sheet, from a content instead of the rows on view."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from resources.enums import Variant
from resources.models import Resource
from resources.reading.sheet import Sheet, chapters_of, minutes_of
from resources.services.applying import fields_apply
from resources.services.content_html import content_html


def working_sheet(
    resource: Resource, content: Mapping[str, Any], variant: Variant, *, number: int
) -> Sheet:
    """The sheet as it would be with this content; ``number`` is that of its next version.

    What it points to is named only if the public may see it: a preview has no account.
    """
    words = content_html(dict(content))
    shown = fields_apply(copy.copy(resource), words)
    rows = [_section(section) for section in words["sections"] if section["variant"] == variant]
    public = {
        row["slug"]: row
        for row in Resource.objects.public()
        .filter(slug__in=[row["slug"] for row in words["relations"]])
        .order_by("pk")
        .values("slug", "title", "kind", "number", "summary")
    }
    lists = {
        "falc": any(section["variant"] == Variant.FALC for section in words["sections"]),
        "version_number": number,
        "version_date": None,
        "term_rows": [{"slug": row["slug"], "term": row["term"]} for row in words["terms"]],
        "reference_rows": words["references"],
        "relation_rows": [
            {"role": row["role"], **public[row["slug"]]}
            for row in words["relations"]
            if row["slug"] in public
        ],
        "attachment_rows": [],
        "media_rows": words["media"],
        "prepared_rows": [],
    }
    return Sheet(
        resource=shown,
        lists=lists,
        variant=variant,
        chapters=chapters_of(rows, shown),
        minutes=minutes_of(rows),
    )


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    path = section.get("path") or {"title": "", "steps": []}
    return {
        "anchor": section["anchor"],
        "title": section["title"],
        "level": section["level"],
        "rendered_html": section["html"],
        "path_title": path["title"],
        "steps": [
            {
                "number": step["number"],
                "title": step["title"],
                "partner_label": step["partner_label"],
                "professional_label": step["professional_label"],
                "rendered": step["html"],
            }
            for step in path["steps"]
        ],
    }
