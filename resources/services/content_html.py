"""A content with its HTML, made for one reading: a preview, the PDF of a text in progress."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from resources.models import PracticeStep, Section
from resources.services.contents import Content
from resources.services.rendering import matcher_make, section_render, term_address

_LANES = ("partner", "professional", "actions")


def content_html(content: Content) -> dict[str, Any]:
    """A snapshot of the content, as the page and the PDF read it. Writes nothing."""
    words = deepcopy(content)
    matcher, address = matcher_make(), term_address()
    for section in words["sections"]:
        row = Section(
            title=section["title"],
            level=section["level"],
            anchor=section["anchor"],
            source_html=section["source"],
        )
        steps = (section.get("path") or {}).get("steps", [])
        rows = [
            PracticeStep(
                pk=place,
                **{f"{lane}_html": step["source"].get(lane, "") for lane in _LANES},
            )
            for place, step in enumerate(steps)
        ]
        rendered = section_render(row, rows, matcher, address)
        section["html"] = rendered.html
        for place, step in enumerate(steps):
            step["html"] = rendered.steps[place]
    return words
